"""Entries of a chart and their corrections, as short calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor
from mooring.clinic.people import actions
from mooring.clinic.people.corrections import (
    CodedAnew,
    MeasuredAnew,
    PressureAnew,
    correct_entry,
    end_entry,
    strike_entry,
)
from mooring.clinic.people.models import (
    BloodPressure,
    CodedRow,
    Measurement,
    Medication,
    Patient,
    RecordRow,
)

NOW = datetime(2026, 11, 5, 10, 0, tzinfo=UTC)
WHY = "read from the wrong line"


def acting(user: User) -> Actor:
    """The person as an actor; in their own chart as its patient."""
    own = getattr(user, "patient", None)
    return Actor(str(user), user.roles, user=user, patient=own.pk if own else None)


def added(
    by: User, patient: Patient, kind: str, text: str, status: str = "active", **more: Any
) -> CodedRow:
    """A condition, medicine or allergy of the chart."""
    facts = {"patient": patient, "kind": kind, "text": text, "status": status, "now": NOW, **more}
    return actions.add_coded(acting(by), **facts)


def weighed(by: User, patient: Patient, kilograms: str = "70", **more: Any) -> Measurement:
    """A weight of the chart, taken when it was entered unless told otherwise."""
    facts = {"method": "weighed", "taken_at": NOW, "now": NOW, **more}
    value = Decimal(kilograms)
    return actions.add_measurement(acting(by), patient=patient, code="weight", value=value, **facts)


def pressed(
    by: User, patient: Patient, systolic: int = 122, diastolic: int = 78, **more: Any
) -> BloodPressure:
    """A blood pressure of the chart."""
    facts = {"taken_at": NOW, "now": NOW, **more}
    numbers = {"systolic": Decimal(systolic), "diastolic": Decimal(diastolic)}
    return actions.add_blood_pressure(acting(by), patient=patient, **numbers, **facts)


def one_of_each(by: User, patient: Patient) -> dict[str, RecordRow]:
    """An entry of every kind that can be corrected."""
    return {
        "condition": added(by, patient, "condition", "Asthma"),
        "medication": added(by, patient, "medication", "Sertraline", dose="50 mg daily"),
        "allergy": added(by, patient, "allergy", "Penicillin"),
        "measurement": weighed(by, patient),
        "blood_pressure": pressed(by, patient),
    }


def as_it_is(row: RecordRow) -> Any:
    """What an entry says, ready to be changed."""
    if isinstance(row, CodedRow):
        dose = row.dose if isinstance(row, Medication) else ""
        return CodedAnew(row.text, row.status, row.since, row.until, dose, row.relation)
    if isinstance(row, Measurement):
        return MeasuredAnew(row.value, row.taken_at, row.method)
    assert isinstance(row, BloodPressure)
    return PressureAnew(Decimal(row.systolic), Decimal(row.diastolic), row.taken_at)


def corrected(by: User, row: RecordRow, why: str = WHY, now: datetime = NOW, **changes: Any) -> Any:
    """The entry that stands in the place of `row`."""
    anew = replace(as_it_is(row), **changes)
    return correct_entry(acting(by), row=row, anew=anew, why=why, now=now)


def struck(by: User, row: RecordRow, why: str = "belongs in another chart", **more: Any) -> Any:
    """The entry, struck."""
    return strike_entry(acting(by), row=row, why=why, **{"now": NOW, **more})


def ended(by: User, row: CodedRow, status: str = "stopped", **more: Any) -> Any:
    """The entry as it is over."""
    facts = {"until": None, "why": "stopped by her doctor", "now": NOW, **more}
    return end_entry(acting(by), row=row, status=status, **facts)
