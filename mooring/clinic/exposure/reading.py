"""What was looked at, from the rows, as core counts with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.exposure.models import WatchEntry
from mooring.clinic.people.models import BloodPressure, Patient
from mooring.core.drugs.exposure import Administered
from mooring.core.protocols.watch import Look, OrganStanding, Result, State, load, standing
from mooring.core.protocols.watch.due import RANK

POLICY = load("four_organs")
PRESSURE = "resting_pressure"


def looks(patient: Patient, today: date) -> list[Look]:
    """Everything looked at: the entries of the watch, and the record's blood pressures."""
    entries = patient.watch_entries.filter(taken_on__lte=today)
    pressures = (pressure(row) for row in patient.bloodpressures.all())
    return [*map(look, entries), *(one for one in pressures if one.taken_on <= today)]


def look(row: WatchEntry) -> Look:
    """One entry of the watch."""
    corrects = None if row.corrects_id is None else str(row.corrects_id)
    result = Result(row.result)
    return Look(str(row.pk), row.item, row.taken_on, result, row.words, corrects=corrects)


def pressure(row: BloodPressure) -> Look:
    """A blood pressure of the record: its numbers say whether it is a finding."""
    item = POLICY.items[PRESSURE]
    found = item.finds(Decimal(row.systolic), Decimal(row.diastolic))
    words = f"{row.systolic}/{row.diastolic} mmHg"
    result = Result.FOUND if found else Result.NOTHING
    return Look(f"pressure {row.pk}", PRESSURE, clinic_day(row.taken_at), result, words, row.origin)


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
    return standing(POLICY, doses, looks(patient, today), today, ongoing=ongoing)
