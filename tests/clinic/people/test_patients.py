"""Intake and the patient list: who opens them, what they find, what they refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mooring.clinic.accounts.models import User
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.people.duplicates import same_person
from mooring.clinic.people.models import Patient
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
    assert answer["Location"] == reverse("screening_answer", args=[patient.pk])
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
    answer = signed_in(bob).post(reverse("patients"), {"q": wanted})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert {name for name in ("Marsh, Pat", "Brandt, Uwe") if name in page} == {
        f"{name}, {'Pat' if name == 'Marsh' else 'Uwe'}" for name in found
    }
