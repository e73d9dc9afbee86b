"""The chart as the frozen values that screening looks at."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.people.codings import codings
from mooring.clinic.people.lists import rows_of, says_none, statements
from mooring.clinic.people.models import (
    Allergy,
    BloodPressure,
    CodedRow,
    Condition,
    ListName,
    Medication,
    Patient,
    RecordRow,
)
from mooring.clinic.people.models import Measurement as MeasurementRow
from mooring.clinic.people.weights import in_order_of_entry
from mooring.core.protocols.screening import Answer, CodedFact, Measurement, Record


def read_record(patient: Patient, as_of: date) -> Record:
    """Everything the chart holds about the patient, and the newest answer to each question."""
    return Record(
        as_of=as_of,
        birth_date=patient.birth_date,
        sex=patient.sex,
        conditions=tuple(fact(row) for row in patient.conditions.all()),
        medications=entries(patient, ListName.MEDICATIONS),
        allergies=entries(patient, ListName.ALLERGIES),
        measurements=measurements(patient),
        answers=answers(patient),
        statements=statements(patient),
    )


def record_of(patient: Patient, rows: Iterable[RecordRow], as_of: date) -> Record:
    """A record of these rows alone, whether they stand or not: what they say by themselves."""
    rows = list(rows)
    numbered = [row for row in rows if isinstance(row, MeasurementRow | BloodPressure)]
    return Record(
        as_of=as_of,
        birth_date=patient.birth_date,
        sex=patient.sex,
        conditions=tuple(fact(row) for row in rows if isinstance(row, Condition)),
        medications=tuple(fact(row) for row in rows if isinstance(row, Medication)),
        allergies=tuple(fact(row) for row in rows if isinstance(row, Allergy)),
        measurements=tuple(each for row in numbered for each in numbers(row)),
    )


def entries(patient: Patient, name: ListName) -> tuple[CodedFact, ...]:
    """What stands on a list, without an entry that only says that there is nothing."""
    return tuple(fact(row) for row in rows_of(patient, name) if not says_none(row, name))


def fact(row: CodedRow) -> CodedFact:
    """One coded row as a value."""
    return CodedFact(
        system=row.system,
        code=row.code,
        text=row.text,
        status=row.status,
        since=row.since,
        until=row.until,
        origin=row.origin,
        recorded_on=clinic_day(row.recorded_at),
        codings=codings(row),
        relation=row.relation,
    )


def measurements(patient: Patient) -> tuple[Measurement, ...]:
    """All dated numbers in the order of entry, so that the last of a day is the one that counts."""
    rows: list[MeasurementRow | BloodPressure]
    rows = [*patient.measurements.all(), *patient.bloodpressures.all()]
    in_order = sorted(rows, key=in_order_of_entry)
    return tuple(each for row in in_order for each in numbers(row))


def numbers(row: MeasurementRow | BloodPressure) -> tuple[Measurement, ...]:
    """One row of the chart as its numbers: a blood pressure has two."""
    on = clinic_day(row.taken_at)
    if isinstance(row, MeasurementRow):
        return (Measurement(row.code, row.value, row.unit, on, row.origin),)
    pair = (("systolic", row.systolic), ("diastolic", row.diastolic))
    return tuple(Measurement(code, Decimal(value), "mmHg", on, row.origin) for code, value in pair)


def answers(patient: Patient) -> dict[str, Answer]:
    """The newest answer to each question."""
    return {
        row.question: Answer(row.question, row.value, row.detail, clinic_day(row.answered_at))
        for row in sorted(patient.answers.all(), key=lambda row: (row.answered_at, row.pk))
    }
