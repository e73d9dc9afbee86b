"""Intake, the patient list and the chart: who opens them, what they say, what they refuse."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mooring.clinic.accounts.models import User
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.people.duplicates import same_person
from mooring.clinic.people.models import BloodPressure, Condition, Measurement, Medication, Patient
from tests.support.cast import patient_record

SignIn = Callable[[User], Client]
NEW = {
    "family_name": "Quill",
    "given_name": "Ada",
    "birth_date": "1980-04-05",
    "sex": "female",
    "identifier": "H-77",
    "phone": "555-1",
    "emergency_contact": "Bo Quill, brother, 555-2",
}
BIDI, NUL = "Qu\u202eill", "Qu\x00ill"


def chart_page(client: Client, patient: Patient) -> str:
    answer = client.get(reverse("patient", args=[patient.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("door", ["patients", "patient_new", "patient", "record_add"])
@pytest.mark.parametrize("who", ["charlie", "olga", "audrey", "ray", "pat"])
def test_who_has_no_part_in_care_sees_no_chart(
    door: str, who: str, signed_in: SignIn, patient: Patient, request: pytest.FixtureRequest
) -> None:
    arguments: dict[str, list[Any]] = {
        "patient": [patient.pk],
        "record_add": [patient.pk, "condition"],
    }
    address = reverse(door, args=arguments.get(door))
    client = signed_in(request.getfixturevalue(who))
    for answer in (client.get(address), client.post(address, NEW)):
        assert answer.status_code in (403, 405)
        assert "H-0001" not in answer.content.decode()
    assert Patient.objects.count() == 1


def test_who_is_not_signed_in_is_sent_to_sign_in(client: Client, patient: Patient) -> None:
    answer = client.get(reverse("patient", args=[patient.pk]))
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


def test_a_therapist_reads_a_chart_but_adds_nothing_to_it(
    signed_in: SignIn, tara: User, patient: Patient
) -> None:
    client = signed_in(tara)
    page = chart_page(client, patient)
    assert reverse("record_add", args=[patient.pk, "condition"]) not in page
    for kind in ("condition", "measurement", "blood_pressure"):
        assert client.get(reverse("record_add", args=[patient.pk, kind])).status_code == 403


def test_opening_a_chart_is_audited(signed_in: SignIn, bob: User, patient: Patient) -> None:
    chart_page(signed_in(bob), patient)
    row = AuditRow.objects.get(action="chart.opened")
    assert (row.actor_name, row.patient) == ("B. Okafor", patient.pk)


def test_a_nurse_opens_a_chart(signed_in: SignIn, bob: User) -> None:
    answer = signed_in(bob).post(reverse("patient_new"), NEW)
    patient = Patient.objects.get()
    assert answer["Location"] == reverse("patient", args=[patient.pk])
    assert (patient.name, patient.birth_date, patient.sex, patient.identifier) == (
        "Quill, Ada",
        date(1980, 4, 5),
        "female",
        "H-77",
    )
    assert AuditRow.objects.get(action="people.register_patient").patient == patient.pk


def test_what_is_not_known_at_intake_stays_unknown(signed_in: SignIn, bob: User) -> None:
    client = signed_in(bob)
    client.post(reverse("patient_new"), {**NEW, "birth_date": "", "sex": "", "phone": ""})
    patient = Patient.objects.get()
    assert (patient.birth_date, patient.sex) == (None, None)
    page = chart_page(client, patient)
    assert "date of birth not in the record" in page
    assert "sex not in the record" in page


def test_the_same_name_and_birth_date_is_asked_about_and_then_taken(
    signed_in: SignIn, bob: User
) -> None:
    patient_record("QUILL", "  ada", birth_date=date(1980, 4, 5), identifier="H-76")
    client = signed_in(bob)
    answer = client.post(reverse("patient_new"), NEW)
    assert Patient.objects.count() == 1
    page = answer.content.decode()
    assert "A patient of this name and birth date is here already: record H-76." in page
    assert "This is another person" in page
    client.post(reverse("patient_new"), {**NEW, "another_person": "on"})
    second = Patient.objects.get(identifier="H-77")
    assert "Another chart has this name and birth date" in chart_page(client, second)


@pytest.mark.parametrize(
    ("family_name", "given_name", "alike"),
    [
        ("quill", "ADA", True),
        ("Quíll", "Ada", True),
        ("Quill", "Ada ", True),
        ("Ｑｕｉｌｌ", "Ada", True),
        ("Quill", "Adam", False),
    ],
)
def test_names_are_compared_as_they_are_heard(
    family_name: str, given_name: str, alike: bool, db: None
) -> None:
    patient_record(family_name, given_name, birth_date=date(1980, 4, 5))
    assert bool(same_person("Quill", "Ada", date(1980, 4, 5))) is alike
    assert same_person("Quill", "Ada", date(1980, 4, 6)) == []
    assert same_person("Quill", "Ada", None) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"family_name": ""}, "This field is required"),
        ({"family_name": BIDI}, "without control or direction characters"),
        ({"family_name": NUL}, "without control or direction characters"),
        ({"family_name": "a\nb"}, "One line of text"),
        ({"family_name": "x" * 201}, "at most 200 characters"),
        ({"birth_date": "5.4.1980"}, "A day such as 2026-03-12 is needed."),
        ({"birth_date": "1980-02-30"}, "A day such as 2026-03-12 is needed."),
        ({"birth_date": "3000-01-01"}, "A day within the last 130 years can be right."),
        ({"birth_date": "0001-01-01"}, "A day within the last 130 years can be right."),
        ({"sex": "banana"}, "Select a valid choice"),
        ({"identifier": "H-0001"}, "belongs to a patient here already"),
        ({"identifier": "x" * 101}, "at most 100 characters"),
    ],
)
def test_intake_refuses_with_what_would_be_right(
    changes: dict[str, str], words: str, signed_in: SignIn, bob: User, patient: Patient
) -> None:
    answer = signed_in(bob).post(reverse("patient_new"), {**NEW, **changes})
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert Patient.objects.count() == 1


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("", {"Marsh", "Brandt"}),
        ("mar", {"Marsh"}),
        ("pat marsh", {"Marsh"}),
        ("Marsh, Pat", {"Marsh"}),
        ("h-brandt", {"Brandt"}),
        ("nobody", set()),
        ("%", set()),
        ("' OR 1=1 --", set()),
        (BIDI, set()),
        (NUL, set()),
        ("x" * 300, set()),
    ],
)
def test_search_finds_by_name_and_record_number(
    wanted: str, found: set[str], signed_in: SignIn, bob: User, patient: Patient
) -> None:
    patient_record("Brandt", "Uwe")
    answer = signed_in(bob).get(reverse("patients"), {"q": wanted})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert {name for name in ("Marsh, Pat", "Brandt, Uwe") if name in page} == {
        f"{name}, {'Pat' if name == 'Marsh' else 'Uwe'}" for name in found
    }


def test_a_name_with_markup_is_shown_as_text(signed_in: SignIn, bob: User) -> None:
    patient = patient_record("<script>alert(1)</script>", "Eve")
    page = chart_page(signed_in(bob), patient)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_empty_chart_says_that_nothing_is_known(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    page = chart_page(signed_in(bob), patient)
    assert page.count("None in the record. That does not mean there are none.") == 3
    assert page.count("not in the record") >= 5


def test_the_chart_shows_each_thing_with_its_origin_and_its_age(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    Condition.objects.create(
        patient=patient,
        text="Hypertension",
        status="active",
        since=date(2005, 7, 29),
        origin="import Liz.json",
        recorded_at=datetime.now(UTC),
    )
    page = chart_page(signed_in(bob), patient)
    assert "since 29 Jul 2005, " in page
    assert "years ago" in page
    assert "import Liz.json" in page


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


@pytest.mark.parametrize(("days", "old"), [(0, False), (89, False), (92, True)])
def test_a_weight_older_than_ninety_days_is_marked(
    days: int, old: bool, signed_in: SignIn, bob: User, patient: Patient
) -> None:
    weigh(patient, days)
    page = chart_page(signed_in(bob), patient)
    assert "70 kg" in page
    assert ("older than 90 days" in page) is old


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
    assert (Medication.objects.get().dose, "Fluoxetine</strong>, 20 mg" in page) == ("20 mg", True)


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
    assert Measurement.objects.get(value="154.3").origin.endswith("checked again")


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


def test_what_is_not_there_is_not_found(signed_in: SignIn, bob: User, patient: Patient) -> None:
    client = signed_in(bob)
    nobody = "00000000-0000-4000-8000-000000000000"
    assert client.get(reverse("patient", args=[nobody])).status_code == 404
    assert client.get(reverse("record_add", args=[patient.pk, "spell"])).status_code == 404
    assert client.post(reverse("patients")).status_code == 405


def test_pages_of_this_slice_never_use_the_words_the_product_does_not_use(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    client = signed_in(bob)
    pages = [chart_page(client, patient), client.get(reverse("patient_new")).content.decode()]
    for page in pages:
        told = re.sub(r"<[^>]*>", " ", page).lower()
        for word in ("invalid", "safe ", "normal", "you should"):
            assert word not in told
