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
    check_birth_date(identity.birth_date, clinic_day(now))
    check_number(Patient(identifier=identity.identifier))
    if not another_person:
        check_nobody_alike(Patient(**vars(identity)))
    return Patient.objects.create(**vars(identity), registered_at=now)


def check_number(patient: Patient) -> None:
    """Refuse a record number that is another patient's; one that a hospital gave, of that giver."""
    others = Patient.objects.filter(identifier=patient.identifier).exclude(pk=patient.pk)
    if patient.identifier_system:
        others = others.filter(identifier_system=patient.identifier_system)
    if others.exists():
        raise RefusedError(
            f"The record number {patient.identifier} belongs to a patient here already.",
            field="identifier",
        )


def check_nobody_alike(patient: Patient) -> None:
    """Refuse a name and birth date that another patient has, until someone says it is another."""
    found = same_person(patient.family_name, patient.given_name, patient.birth_date)
    numbers = ", ".join(other.identifier for other in found if other.pk != patient.pk)
    if numbers:
        raise RefusedError(
            f"A patient of this name and birth date is here already: record {numbers}."
            " Open that chart, or say that this is another person.",
            field="another_person",
        )


def check_birth_date(birth_date: date | None, today: date) -> None:
    """Refuse a day on which nobody who is treated here was born."""
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
    check_name(kind, text)
    check_days(since, until, clinic_day(now))
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


def check_name(kind: str, text: str) -> None:
    """Refuse "none" and the like as the name of a medicine or an allergy."""
    if kind in LISTS and text.strip(" .-").casefold() in NOTHING:
        raise RefusedError(
            f"“{text}” is not the name of {LISTS[kind]}. Say instead that there are none.",
            field="text",
        )


def check_days(since: date | None, until: date | None, today: date) -> None:
    """Refuse a start still to come, and an end still to come or before the start."""
    if since is not None and since > today:
        raise RefusedError("This day is still to come.", field="since")
    if until is not None and (until > today or (since is not None and until < since)):
        raise RefusedError("The end lies after the start and not after today.", field="until")


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
    check_moment(taken_at, now)
    kind = KINDS[code]
    origin = by_hand(by, source)
    if pounds:
        origin = f"{origin}; entered as {value} lb"
        value = in_kilograms(value)
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


def in_kilograms(pounds: Decimal) -> Decimal:
    """Pounds as the record keeps a weight."""
    return (pounds * POUND_IN_KILOGRAMS).quantize(Decimal("0.001"), ROUND_HALF_UP)


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
    check_moment(taken_at, now)
    check_pressure(systolic, diastolic)
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


def check_pressure(systolic: Decimal, diastolic: Decimal) -> None:
    """Refuse a blood pressure that no adult has, or that is no whole mmHg."""
    if systolic != int(systolic) or diastolic != int(diastolic):
        raise RefusedError("Whole mmHg are needed, for example 120 and 78.", field="systolic")
    doubt = pressure_doubt(systolic, diastolic)
    if doubt is not None:
        raise RefusedError(doubt, field="systolic")


def by_hand(by: Actor, source: str) -> str:
    """The origin of what a person enters."""
    origin = f"entered by hand by {by.name}"
    return f"{origin}: {source}" if source else origin


def check_moment(taken_at: datetime, now: datetime) -> None:
    """Refuse a time still to come, and one before anybody alive was born."""
    if taken_at > now + _CLOCKS_DIFFER:
        raise RefusedError("This time is still to come.", field="taken_at")
    if taken_at.year < now.year - _OLDEST_YEARS:
        raise RefusedError(
            f"A time within the last {_OLDEST_YEARS} years can be right.", field="taken_at"
        )
