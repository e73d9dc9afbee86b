"""What is added to the record by hand, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mooring.clinic.accounts.models import User
from mooring.clinic.people.models import BloodPressure, Condition, Measurement, Medication, Patient

SignIn = Callable[[User], Client]
BIDI = "Qu\u202eill"


def weigh(patient: Patient, days_ago: int, kilograms: str = "70.000") -> Measurement:
    return Measurement.objects.create(
        patient=patient,
        code="weight",
        value=kilograms,
        unit="kg",
        method="weighed",
        taken_at=datetime.now(UTC) - timedelta(days=days_ago),
        origin="a test",
        recorded_at=datetime.now(UTC),
    )


def add(client: Client, patient: Patient, kind: str, **values: str) -> str:
    answer = client.post(reverse("record_add", args=[patient.pk, kind]), values, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_condition_is_added_with_who_entered_it_and_where_it_is_known_from(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    add(
        signed_in(bob),
        patient,
        "condition",
        text="Migraine",
        status="active",
        since="2010-01-01",
        source="told by the patient",
    )
    row = Condition.objects.get()
    assert (row.text, row.status, row.since) == ("Migraine", "active", date(2010, 1, 1))
    assert row.origin == "entered by hand by B. Okafor: told by the patient"
    assert (row.system, row.code) == (None, None)


def test_a_medication_is_added_with_its_dose(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    page = add(
        signed_in(alice), patient, "medication", text="Fluoxetine", status="active", dose="20 mg"
    )
    assert Medication.objects.get().dose == "20 mg"
    assert "Fluoxetine</strong></a>, 20 mg" in page


def test_an_allergy_is_added(signed_in: SignIn, bob: User, patient: Patient) -> None:
    assert "Latex" in add(signed_in(bob), patient, "allergy", text="Latex", status="unknown")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"text": "", "status": "active"}, "This field is required"),
        ({"text": "Migraine", "status": "banana"}, "Select a valid choice"),
        ({"text": "Migraine"}, "This field is required"),
        ({"text": "Migraine", "status": "active", "since": "3000-01-01"}, "still to come"),
        (
            {
                "text": "Migraine",
                "status": "resolved",
                "since": "2010-01-01",
                "until": "2009-01-01",
            },
            "The end lies after the start",
        ),
        ({"text": BIDI, "status": "active"}, "without control or direction"),
    ],
)
def test_a_condition_that_cannot_stand_is_refused(
    values: dict[str, str], words: str, signed_in: SignIn, bob: User, patient: Patient
) -> None:
    assert words in add(signed_in(bob), patient, "condition", **values)
    assert not Condition.objects.exists()


WHEN = "2026-03-01T09:30"
WEIGHT = {"measured": "weight", "value": "70.5", "method": "weighed", "taken_at": WHEN}


def test_a_weight_says_how_it_was_found_and_when(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    add(signed_in(bob), patient, "measurement", **WEIGHT)
    row = Measurement.objects.get()
    assert (row.code, str(row.value), row.unit, row.method) == ("weight", "70.500", "kg", "weighed")
    assert row.taken_at == datetime(2026, 3, 1, 9, 30, tzinfo=UTC)  # London in winter


def test_a_weight_in_pounds_is_converted_and_the_pounds_stay(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    # 155 lb × 0.45359237 = 70.30681735 kg
    values = {**WEIGHT, "measured": "weight_lb", "value": "155"}
    page = add(signed_in(bob), patient, "measurement", **values)
    assert str(Measurement.objects.get().value) == "70.307"
    assert "entered as 155 lb" in page


def test_a_weight_that_does_not_fit_the_last_is_asked_about_and_then_taken(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    weigh(patient, 3, "70")
    client, values = signed_in(bob), {**WEIGHT, "value": "154.3"}
    page = add(client, patient, "measurement", **values)
    assert "is it in pounds?" in page
    assert "I checked the number and its unit again" in page
    assert Measurement.objects.count() == 1
    add(client, patient, "measurement", **values, doubt_settled="on")
    row = Measurement.objects.get(value="154.3")
    assert row.checked_again
    assert row.origin.endswith("checked again")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": "NaN"}, "A number such as 72 or 72.5 is needed."),
        ({"value": "Infinity"}, "A number such as"),
        ({"value": "inf"}, "A number such as"),
        ({"value": "1,5"}, "A number such as"),
        ({"value": "7e1"}, "A number such as"),
        ({"value": "-70"}, "A number such as"),
        ({"value": "٧٠"}, "A number such as"),
        ({"value": "9" * 400}, "at most 10 characters"),
        ({"value": ""}, "This field is required"),
        ({"value": "7"}, "20 to 400 kg can be right"),
        ({"value": "0"}, "20 to 400 kg can be right"),
        ({"value": "401"}, "20 to 400 kg can be right"),
        ({"method": ""}, "Say how the weight was found."),
        ({"method": "guessed"}, "Select a valid choice"),
        ({"measured": "weight_stone"}, "Select a valid choice"),
        ({"taken_at": ""}, "This field is required"),
        ({"taken_at": "2999-01-01T00:00"}, "still to come"),
        ({"taken_at": "0001-01-01T00:00"}, "can be right"),
        ({"taken_at": "9999-12-31T23:59"}, "still to come"),
        ({"taken_at": "2026-03-29T01:30"}, "2026-03-29"),  # an hour that London skips
        ({"taken_at": "yesterday"}, "A day and a time such as"),
        ({"measured": "height", "value": "1.75"}, "100 to 250 cm can be right"),
        ({"measured": "spo2", "value": "101"}, "40 to 100 % can be right"),
        ({"measured": "heart_rate", "value": "5"}, "15 to 300 /min can be right"),
        ({"source": BIDI}, "without control or direction"),
        ({"source": "x" * 61}, "at most 60 characters"),
    ],
)
def test_a_number_that_cannot_be_right_is_refused(
    changes: dict[str, str], words: str, signed_in: SignIn, bob: User, patient: Patient
) -> None:
    assert words in add(signed_in(bob), patient, "measurement", **{**WEIGHT, **changes})
    assert not Measurement.objects.exists()


def test_a_blood_pressure_is_added(signed_in: SignIn, bob: User, patient: Patient) -> None:
    page = add(
        signed_in(bob), patient, "blood_pressure", systolic="128", diastolic="79", taken_at=WHEN
    )
    assert "128/79 mmHg" in page


@pytest.mark.parametrize(
    ("systolic", "diastolic", "words"),
    [
        ("80", "120", "higher than the diastolic"),
        ("120", "120", "higher than the diastolic"),
        ("301", "80", "30 to 300 mmHg can be right"),
        ("120", "5", "10 to 200 mmHg can be right"),
        ("120.5", "80", "Whole mmHg are needed"),
        ("", "80", "This field is required"),
    ],
)
def test_a_blood_pressure_that_cannot_be_is_refused(
    systolic: str, diastolic: str, words: str, signed_in: SignIn, bob: User, patient: Patient
) -> None:
    values = {"systolic": systolic, "diastolic": diastolic, "taken_at": WHEN}
    assert words in add(signed_in(bob), patient, "blood_pressure", **values)
    assert not BloodPressure.objects.exists()
