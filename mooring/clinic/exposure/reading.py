"""What was looked at, from the rows, as core counts with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.exposure.models import WatchEntry
from mooring.clinic.people.models import BloodPressure, Patient
from mooring.clinic.sessions.log import view_if_judged
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.drugs.exposure import Administered
from mooring.core.protocols.watch import Look, OrganStanding, Result, State, load, standing
from mooring.core.protocols.watch.due import RANK
from mooring.core.quantities import plain

POLICY = load("four_organs")
PRESSURE = "resting_pressure"


def looks(patient: Patient, now: datetime) -> list[Look]:
    """Everything looked at: the entries of the watch, and the blood pressures at rest, of the
    record and before sessions."""
    today = clinic_day(now)
    entries = patient.watch_entries.filter(taken_on__lte=today)
    pressures = (pressure(row) for row in patient.bloodpressures.all())
    rested = [*pressures, *before_sessions(patient, now)]
    return [*map(look, entries), *(one for one in rested if one.taken_on <= today)]


def look(row: WatchEntry) -> Look:
    """One entry of the watch."""
    corrects = None if row.corrects_id is None else str(row.corrects_id)
    result = Result(row.result)
    return Look(
        str(row.pk), row.item, row.taken_on, result, row.words, corrects=corrects,
        recorded_at=row.recorded_at,
    )  # fmt: skip


def pressure(row: BloodPressure) -> Look:
    """A blood pressure of the record: its numbers say whether it is a finding."""
    systolic, diastolic = Decimal(row.systolic), Decimal(row.diastolic)
    name, told = f"pressure {row.pk}", (row.origin, row.recorded_at)
    return _pressure(name, systolic, diastolic, row.taken_at, *told)


def before_sessions(patient: Patient, now: datetime) -> Iterator[Look]:
    """The pressures before the first dose and before the newest session, seated and at rest.

    The ones between change nothing: the first tells how it was before any dose, the newest how
    it is.
    """
    rows = TreatmentSession.objects.filter(
        course__patient=patient, entries__kind="reading", entries__effective_at__lte=now
    )
    sessions = list(rows.distinct().order_by("scheduled_at"))
    for session in dict.fromkeys((*sessions[:1], *sessions[-1:])):
        view = view_if_judged(session, now)
        baseline = None if view is None else view.baseline
        if baseline is not None:
            yield _pressure(
                f"session {session.pk}", baseline.systolic, baseline.diastolic, baseline.taken_at,
                "mean of two seated readings before a session", baseline.taken_at,
            )  # fmt: skip


def _pressure(
    name: str,
    systolic: Decimal,
    diastolic: Decimal,
    taken_at: datetime,
    source: str,
    recorded_at: datetime,
) -> Look:
    found = POLICY.items[PRESSURE].finds(systolic, diastolic)
    words = f"{plain(systolic)}/{plain(diastolic)} mmHg"
    result = Result.FOUND if found else Result.NOTHING
    day = clinic_day(taken_at)
    return Look(name, PRESSURE, day, result, words, source, recorded_at=recorded_at)


def pressing(
    patient: Patient, doses: Sequence[Administered], now: datetime
) -> tuple[OrganStanding, ...]:
    """The organs with something due, the most pressing first; none before any dose."""
    if not doses:
        return ()
    asked = [organ for organ in organs(patient, doses, now) if organ.state is not State.DONE]
    return tuple(sorted(asked, key=lambda organ: RANK.index(organ.state), reverse=True))


def organs(
    patient: Patient, doses: Sequence[Administered], now: datetime
) -> tuple[OrganStanding, ...]:
    """How each organ stands today. Treatment goes on while a course is open."""
    today = clinic_day(now)
    ongoing = patient.courses.filter(ended_at=None).exists()
    return standing(POLICY, doses, looks(patient, now), today, ongoing=ongoing)
