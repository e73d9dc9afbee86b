"""What was given and looked at, from the rows, as core counts with it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from mooring.clinic.accounts.clinic import clinic_day, the_clinic
from mooring.clinic.exposure.models import WatchEntry
from mooring.clinic.people.models import BloodPressure, Patient
from mooring.clinic.sessions.log import read_view
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.exposure import Administered
from mooring.core.protocols.watch import Look, OrganStanding, Result, load, standing
from mooring.core.quantities import Milligrams

POLICY = load("four_organs")
PRESSURE = "resting_pressure"


def given(patient: Patient, now: datetime) -> list[Administered]:
    """Every dose that a session here has begun to give. The one place that reads doses."""
    rows = TreatmentSession.objects.filter(course__patient=patient, started_at__lte=now)
    zone = ZoneInfo(the_clinic().time_zone)
    return [_administered(session, now, zone) for session in rows.select_related("order", "course")]


def _administered(session: TreatmentSession, now: datetime, zone: ZoneInfo) -> Administered:
    view = read_view(session, now)
    at = view.started_at or session.started_at or now
    amount = Milligrams(view.given_mg) if view.given_mg > 0 else None
    order = session.order
    return Administered(at.astimezone(zone), Route(order.route), Drug(order.drug), amount)


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


def organs(patient: Patient, doses: list[Administered], now: datetime) -> tuple[OrganStanding, ...]:
    """How each organ stands today. Treatment goes on while a course is open."""
    today = clinic_day(now)
    ongoing = patient.courses.filter(ended_at=None).exists()
    return standing(POLICY, doses, looks(patient, today), today, ongoing=ongoing)
