"""Writes of the chart: a new patient, and what is added to the record by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.people.changes import chart_changed
from mooring.clinic.people.duplicates import same_person
from mooring.clinic.people.models import (
    Allergy,
    BloodPressure,
    CodedRow,
    Condition,
    Measurement,
    Medication,
    Patient,
)
from mooring.clinic.people.plausible import KINDS, POUND_IN_KILOGRAMS, pressure_doubt
from mooring.clinic.people.weights import doubts_of, newest_first
from mooring.core.quantities import Kilograms

CODED: dict[str, type[CodedRow]] = {
    "condition": Condition,
    "medication": Medication,
    "allergy": Allergy,
}
LISTS = {"medication": "a medicine", "allergy": "an allergy"}
NOTHING = frozenset({"", "0", "n/a", "na", "nil", "no", "none", "none known", "nothing"})
"""Words that stand for an empty list: as an entry they would read as something that is there."""
_CLOCKS_DIFFER = timedelta(minutes=5)
_OLDEST_YEARS = 130


@dataclass(frozen=True)
class Identity:
    """Who a patient is, as typed at intake."""

    family_name: str
    given_name: str
    birth_date: date | None
    sex: str | None
    identifier: str
    phone: str = ""
    emergency_contact: str = ""


@action("patient.create")
def register_patient(
    by: Actor,  # noqa: ARG001
    identity: Identity,
    *,
    another_person: bool = False,
    now: datetime,
) -> Patient:
    """Open a chart. The same name and birth date are refused until someone says it is another."""
    _check_birth_date(identity.birth_date, clinic_day(now))
    if Patient.objects.filter(identifier=identity.identifier).exists():
        raise RefusedError(
            f"The record number {identity.identifier} belongs to a patient here already.",
            field="identifier",
        )
    alike = same_person(identity.family_name, identity.given_name, identity.birth_date)
    if alike and not another_person:
        numbers = ", ".join(patient.identifier for patient in alike)
        raise RefusedError(
            f"A patient of this name and birth date is here already: record {numbers}."
            " Open that chart, or say that this is another person.",
            field="another_person",
        )
    return Patient.objects.create(**vars(identity), registered_at=now)


def _check_birth_date(birth_date: date | None, today: date) -> None:
    if birth_date is not None and not (
        birth_date <= today and today.year - birth_date.year <= _OLDEST_YEARS
    ):
        raise RefusedError(
            f"A day within the last {_OLDEST_YEARS} years can be right.", field="birth_date"
        )


@action("record.change")
def add_coded(
    by: Actor,
    *,
    patient: Patient,
    kind: str,
    text: str,
    status: str,
    since: date | None = None,
    until: date | None = None,
    dose: str = "",
    source: str = "",
    now: datetime,
) -> CodedRow:
    """Add a condition, medication or allergy in words. `source` is where one knows it from."""
    if kind in LISTS and text.strip(" .-").casefold() in NOTHING:
        raise RefusedError(
            f"“{text}” is not the name of {LISTS[kind]}. Say instead that there are none.",
            field="text",
        )
    today = clinic_day(now)
    if since is not None and since > today:
        raise RefusedError("This day is still to come.", field="since")
    if until is not None and (until > today or (since is not None and until < since)):
        raise RefusedError("The end lies after the start and not after today.", field="until")
    row = CODED[kind](
        patient=patient,
        text=text,
        status=status,
        since=since,
        until=until,
        origin=by_hand(by, source),
        recorded_at=now,
    )
    if isinstance(row, Medication):
        row.dose = dose
    row.save(force_insert=True)
    chart_changed(by, patient, now)
    return row


@action("record.change")
def add_measurement(
    by: Actor,
    *,
    patient: Patient,
    code: str,
    value: Decimal,
    pounds: bool = False,
    method: str = "",
    taken_at: datetime,
    source: str = "",
    doubt_settled: bool = False,
    now: datetime,
) -> Measurement:
    """Add a number. Pounds are converted and stay in the origin.

    A weight that does not fit the record is refused until someone says that it was checked.
    """
    _check_moment(taken_at, now)
    kind = KINDS[code]
    origin = by_hand(by, source)
    if pounds:
        origin = f"{origin}; entered as {value} lb"
        value = (value * POUND_IN_KILOGRAMS).quantize(Decimal("0.001"), ROUND_HALF_UP)
    doubt = kind.doubt(value)
    if doubt is not None:
        raise RefusedError(doubt, field="value")
    doubts = weight_doubts(patient, value) if code == "weight" else ()
    if doubts and not doubt_settled:
        raise RefusedError(*(f"{reason}." for reason in doubts), field="doubt_settled")
    row = Measurement.objects.create(
        patient=patient,
        code=code,
        value=value,
        unit=kind.unit,
        method=method,
        taken_at=taken_at,
        origin=f"{origin}; checked again" if doubts else origin,
        checked_again=bool(doubts),
        recorded_at=now,
    )
    chart_changed(by, patient, now)
    return row


def weight_doubts(patient: Patient, kilograms: Decimal) -> tuple[str, ...]:
    """Reasons to weigh again, from the last weight and height of the record."""
    return doubts_of(patient, Kilograms(kilograms), newest_first(patient, "weight", "kg"))


@action("record.change")
def add_blood_pressure(
    by: Actor,
    *,
    patient: Patient,
    systolic: Decimal,
    diastolic: Decimal,
    taken_at: datetime,
    source: str = "",
    now: datetime,
) -> BloodPressure:
    """Add a blood pressure in whole mmHg, measured outside a session."""
    _check_moment(taken_at, now)
    if systolic != int(systolic) or diastolic != int(diastolic):
        raise RefusedError("Whole mmHg are needed, for example 120 and 78.", field="systolic")
    doubt = pressure_doubt(systolic, diastolic)
    if doubt is not None:
        raise RefusedError(doubt, field="systolic")
    row = BloodPressure.objects.create(
        patient=patient,
        systolic=int(systolic),
        diastolic=int(diastolic),
        taken_at=taken_at,
        origin=by_hand(by, source),
        recorded_at=now,
    )
    chart_changed(by, patient, now)
    return row


def by_hand(by: Actor, source: str) -> str:
    """The origin of what a person enters."""
    origin = f"entered by hand by {by.name}"
    return f"{origin}: {source}" if source else origin


def _check_moment(taken_at: datetime, now: datetime) -> None:
    if taken_at > now + _CLOCKS_DIFFER:
        raise RefusedError("This time is still to come.", field="taken_at")
    if taken_at.year < now.year - _OLDEST_YEARS:
        raise RefusedError(
            f"A time within the last {_OLDEST_YEARS} years can be right.", field="taken_at"
        )
