"""Small records with their right answers: sent in by a nurse, then read on the pages they concern.

All persons are invented; the answers were given before the program read the files.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mooring.clinic.accounts.models import User
from mooring.clinic.people.models import Patient
from mooring.clinic.screening.standing import screen

pytestmark = pytest.mark.django_db
TODAY = date(2026, 12, 1)
RECORDS = Path(__file__).parents[2] / "data" / "fhir" / "records"
SignIn = Callable[[User], Client]


@dataclass(frozen=True)
class Right:
    """What has to be so after a file came in."""

    speak: tuple[str, ...] = ()
    """Screening rules that find something."""
    silent: tuple[str, ...] = ()
    chart: tuple[str, ...] = ()
    """Words on the chart."""
    screening: tuple[str, ...] = ()
    not_in_chart: tuple[str, ...] = ()


NO_COURSE = "No course is started and no order signed under this chart."
RIGHT = {
    "A1a": Right(
        speak=("ketamine-allergy",), chart=("Anesthetic agent, coded as ketamine", "RxNorm 6130")
    ),
    "A1e": Right(speak=("depressant",), chart=("pain reliever, coded as oxycodone",)),
    "A1f": Right(
        speak=("aneurysm-avm-haemorrhage",),
        chart=("Vascular finding, coded as Cerebral arterial aneurysm",),
    ),
    "A1g": Right(speak=("psychosis-history",), chart=("F20.0",)),
    "E4": Right(speak=("ketamine-allergy",), chart=("Anaesthetic, coded as Anesthetic, ketamine",)),
    "A11f": Right(
        speak=("family-psychosis",),
        silent=("psychosis-history",),
        chart=("Schizophrenia, mother · family history",),
    ),
    "A5a": Right(speak=("mao-inhibitor",), chart=("Tranylcypromine 10 mg tablet",)),
    "A5b": Right(speak=("mao-inhibitor",), chart=("Tranylcypromine 10 mg",)),
    "A5c": Right(speak=("mao-inhibitor",), chart=("Tranylcypromine",)),
    "A6a": Right(
        speak=("blood-pressure-very-high",), chart=("190/112", "two observations of this moment")
    ),
    "A6b": Right(speak=("blood-pressure-very-high",), chart=("190/112",)),
    "A6i": Right(speak=("blood-pressure-very-high",), chart=("191/113", "members of a panel")),
    "A6n": Right(
        speak=("weight-missing",), chart=("Weight, 154 lb 20 Nov 2026",), screening=("154 lb",)
    ),
    "A7a": Right(speak=("pregnancy-record-open",), chart=("Pregnancy status: pregnant",)),
    "A7b": Right(speak=("pregnancy-record-open",), chart=("Pregnancy test positive (hCG)",)),
    "A8a": Right(chart=("Suharto",), not_in_chart=("Suharto,",)),
    "A8d": Right(chart=("Newname, Ann",), not_in_chart=("Oldname",)),
    "A8e": Right(chart=("CUR-9685604",), not_in_chart=("OLD-9685604",)),
    "A8h": Right(chart=("this person has died", NO_COURSE), screening=(NO_COURSE,)),
    "A8i": Right(
        chart=("Patient/p2", "no longer in use", NO_COURSE), screening=("Patient/p2", NO_COURSE)
    ),
    "A8o": Right(chart=("Beta, B",)),
    "A9a": Right(
        speak=("hypertension",),
        chart=("a part of the record, not the whole", "2 of 214 entries"),
        screening=("2 of 214 entries", "a next page"),
    ),
    "A9k": Right(silent=("psychosis-history",)),
    "A11h": Right(silent=("pregnancy-record-open", "pregnant"), chart=("Normal pregnancy",)),
    "A11i": Right(silent=("psychosis-history",)),
    "A11k": Right(speak=("ketamine-allergy",), chart=("KETAMINE ALLERGY",)),
    "E1": Right(speak=("benzodiazepine",), chart=("Clonazepam 1 MG Oral Tablet",)),
    "G1": Right(
        speak=("blood-pressure-missing",),
        chart=("Blood pressure, Systolic 150 mmHg; Diastolic 95 mmHg",),
        screening=("Systolic 150 mmHg",),
    ),
}


def sent_in(client: Client, name: str) -> Patient:
    content = (RECORDS / f"{name}.json").read_bytes()
    client.post(reverse("patient_import"), {"file": SimpleUploadedFile(f"{name}.json", content)})
    return Patient.objects.get()


def words(client: Client, page: str, patient: Patient) -> str:
    answer = client.get(reverse(page, args=[patient.pk]))
    assert answer.status_code == 200
    return plain(answer.content.decode())


def plain(page: str) -> str:
    """What the page says, without its marks."""
    text = re.sub(r"<(script|style|template)\b.*?</\1>|<head>.*?</head>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


@pytest.mark.parametrize("name", RIGHT)
def test_the_record_is_read_right(name: str, signed_in: SignIn, bob: User, alice: User) -> None:
    right, patient = RIGHT[name], sent_in(signed_in(bob), name)
    spoken = {finding.rule for finding in screen(patient, TODAY).findings}
    assert set(right.speak) <= spoken
    assert not set(right.silent) & spoken
    prescriber = signed_in(alice)
    chart, screening = (words(prescriber, page, patient) for page in ("patient", "screening"))
    assert [each for each in right.chart if each not in chart] == []
    assert [each for each in right.screening if each not in screening] == []
    assert not any(each in chart for each in right.not_in_chart)


def test_every_record_has_its_right_answer() -> None:
    assert {path.stem for path in RECORDS.glob("*.json")} == RIGHT.keys()


def test_the_medicine_that_only_its_code_names_is_in_the_interactions_too(
    signed_in: SignIn, bob: User, alice: User
) -> None:
    patient = sent_in(signed_in(bob), "A1e")
    assert "oxycodone" in words(signed_in(alice), "interactions", patient).casefold()


@pytest.mark.parametrize(("value", "speaks"), [("77386006", True), ("60001007", False)])
def test_who_is_said_not_to_be_pregnant_is_not_found_to_be(
    value: str, speaks: bool, signed_in: SignIn, bob: User
) -> None:
    content = (RECORDS / "A7a.json").read_bytes()
    bare = content.replace(b', "display": "Pregnant"', b"").replace(b"77386006", value.encode())
    signed_in(bob).post(reverse("patient_import"), {"file": SimpleUploadedFile("a.json", bare)})
    found = {finding.rule for finding in screen(Patient.objects.get(), TODAY).findings}
    assert ("pregnancy-record-open" in found) == speaks


@pytest.mark.parametrize("name", ["A8h", "A8i"])
def test_no_course_starts_for_who_has_died_or_whose_record_was_replaced(
    name: str, signed_in: SignIn, bob: User, alice: User
) -> None:
    patient = sent_in(signed_in(bob), name)
    told = words(signed_in(alice), "course_new", patient)
    assert "this person has died" in told or "takes the place of this one" in told
    assert "Start the course" not in told


def test_one_number_of_two_hospitals_is_two_charts(signed_in: SignIn, bob: User) -> None:
    client = signed_in(bob)
    sent_in(client, "A8o")
    other = (RECORDS / "A8o.json").read_bytes().replace(b"urn:hospital-B", b"urn:hospital-A")
    other = other.replace(b"Beta", b"Gamma")
    client.post(reverse("patient_import"), {"file": SimpleUploadedFile("other.json", other)})
    assert Patient.objects.filter(identifier="1001").count() == 2


def test_a_part_of_a_record_is_said_to_be_one_on_its_own_page(signed_in: SignIn, bob: User) -> None:
    client = signed_in(bob)
    batch = sent_in(client, "A9a").imports.get()
    told = plain(client.get(reverse("import", args=[batch.pk])).content.decode())
    assert "It is one page of a search: 2 of 214 entries." in told
    assert "the whole file is in the chart" not in told
