"""The chart as screening reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from mooring.clinic.people.models import BloodPressure, Condition, Measurement, Patient
from mooring.clinic.people.record import read_record
from mooring.clinic.screening.models import InterviewAnswer

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_an_empty_chart_is_an_empty_record(patient: Patient) -> None:
    record = read_record(patient, date(2026, 3, 2))
    assert (record.birth_date, record.sex) == (date(1981, 3, 12), "female")
    assert record.conditions == record.medications == record.allergies == record.measurements == ()
    assert record.answers == {}


def test_a_condition_keeps_code_status_dates_and_origin(patient: Patient) -> None:
    Condition.objects.create(
        patient=patient, system="s", code="1", text="Stroke", status="active",
        since=date(2019, 2, 15), origin="import a.json", recorded_at=NOW,
    )  # fmt: skip
    (fact,) = read_record(patient, date(2026, 3, 2)).conditions
    assert (fact.system, fact.code, fact.text, fact.status) == ("s", "1", "Stroke", "active")
    assert (fact.since, fact.until, fact.origin) == (date(2019, 2, 15), None, "import a.json")


def test_a_blood_pressure_is_read_as_its_two_numbers_of_one_day(patient: Patient) -> None:
    late = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # the next day already in London
    BloodPressure.objects.create(
        patient=patient, systolic=128, diastolic=79, taken_at=late, origin="o", recorded_at=NOW
    )
    systolic, diastolic = read_record(patient, date(2026, 7, 2)).measurements
    assert (systolic.code, systolic.value, systolic.unit) == ("systolic", Decimal(128), "mmHg")
    assert (diastolic.code, diastolic.value) == ("diastolic", Decimal(79))
    assert systolic.taken_on == date(2026, 7, 2)


def test_measurements_come_oldest_first(patient: Patient) -> None:
    for hour, value in ((15, 71), (9, 70)):
        Measurement.objects.create(
            patient=patient, code="weight", value=value, unit="kg",
            taken_at=NOW.replace(hour=hour), origin="o", recorded_at=NOW,
        )  # fmt: skip
    values = [one.value for one in read_record(patient, date(2026, 3, 2)).measurements]
    assert values == [Decimal(70), Decimal(71)]


def test_the_newest_answer_to_a_question_counts(patient: Patient) -> None:
    for day, value in ((1, "yes"), (2, "no")):
        InterviewAnswer.objects.create(
            patient=patient, question="stroke", value=value, answered_by="B. Okafor",
            answered_at=NOW.replace(day=day),
        )  # fmt: skip
    answer = read_record(patient, date(2026, 3, 2)).answers["stroke"]
    assert (answer.value, answer.answered_on) == ("no", date(2026, 3, 2))
