"""What came in and is not in the chart: named where it matters, until somebody caught up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mooring.clinic.accounts.models import User
from mooring.clinic.imports.models import ImportBatch
from mooring.clinic.imports.unread import unread
from mooring.clinic.measures.models import Response
from mooring.clinic.people.actions import add_blood_pressure, add_measurement
from mooring.clinic.people.lists import say_of_list
from mooring.clinic.people.models import Patient
from mooring.clinic.screening.actions import answer as answer_question
from mooring.exchange.fhir.importing import import_text
from tests.clinic.courses.steps import acting, decided
from tests.clinic.imports.test_records import plain
from tests.exchange.bundles import (
    NOW,
    bundle,
    coded,
    condition,
    importer,
    medication,
    observation,
    pressure,
    text,
)
from tests.support.behind import update_behind

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
LATER = NOW + timedelta(hours=1)
WEIGHT = observation("29463-7", "154", "lb", id="w")
WEIGHT["valueQuantity"]["code"] = "kg"
PRESSURE = pressure("80", "120", id="b")
PREGNANT = observation("82810-3", None, id="p", valueInteger=1)
MEDICINE = medication(authoredOn="x", id="m")
ALLERGY = {
    "resourceType": "AllergyIntolerance", "patient": {"reference": "Patient/p1"},
    "code": {"text": "Propofol"}, "onsetDateTime": "x",
}  # fmt: skip
CONDITION = condition(onsetDateTime="x", id="c")


def imported(*resources: dict[str, Any], **changes: Any) -> ImportBatch:
    return import_text(text(bundle(*resources, **changes)), "Ada.json", importer(), NOW)


def kinds(patient: Patient) -> list[str]:
    return [kind.concern.value for kind in unread(patient).kinds]


def page(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return plain(answer.content.decode())


ALL = (PRESSURE, WEIGHT, PREGNANT, MEDICINE, ALLERGY, CONDITION)


@pytest.mark.parametrize("where", ["patient", "screening"])
def test_chart_and_screening_name_each_with_its_value_and_day(
    where: str, signed_in: SignIn, alice: User
) -> None:
    patient = imported(*ALL).patient
    client = signed_in(alice)
    told = page(client, where, patient.pk)
    assert "Came in with an import and is not in the chart" in told
    for line in (
        "Blood pressure: an observation, pressure 80 mm[Hg]; pressure 120 mm[Hg] 20 Nov 2026",
        "Weight: an observation, 154 lb 20 Nov 2026",
        "Pregnancy status: an observation, 1 20 Nov 2026",
        "Medicine: Fluoxetine 20 MG",
        "Allergy: Propofol",
        "Condition: Hypertension",
    ):
        assert line in told
    raw = client.get(reverse(where, args=[patient.pk])).content.decode()
    for kept in patient.imports.get().kept.exclude(concern=""):
        assert reverse("kept_resource", args=[kept.pk]) in raw


def test_a_chart_that_was_read_whole_says_nothing_of_it(signed_in: SignIn, alice: User) -> None:
    patient = imported(condition()).patient
    assert "is not in the chart" not in page(signed_in(alice), "patient", patient.pk)
    told = page(signed_in(alice), "import", patient.imports.get().pk)
    assert "Nothing: the whole file is in the chart." in told


def test_an_order_is_written_and_read_beside_it(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    from tests.clinic.courses.steps import signed, started, weighed

    weighed(patient)
    decided(patient, alice)
    order = signed(started(patient, alice), alice)
    batch = imported(MEDICINE)
    # The import came into the chart of this patient.
    update_behind(ImportBatch.objects.filter(pk=batch.pk), patient=patient)
    update_behind(batch.kept.all(), patient=patient)
    client = signed_in(alice)
    for name, key in (("order_new", order.course_id), ("order", order.pk)):
        assert "Medicine: Fluoxetine 20 MG" in page(client, name, key)


@pytest.mark.parametrize(
    ("resource", "catch_up"),
    [
        (
            PRESSURE,
            lambda by, patient: add_blood_pressure(
                by, patient=patient, systolic=Decimal(120), diastolic=Decimal(80),
                taken_at=NOW, now=LATER,
            ),
        ),
        (
            WEIGHT,
            lambda by, patient: add_measurement(
                by, patient=patient, code="weight", value=Decimal(70), taken_at=NOW, now=LATER
            ),
        ),
        (
            PREGNANT,
            lambda by, patient: answer_question(
                by, patient=patient, question="pregnancy", value="yes", now=LATER
            ),
        ),
    ],
)  # fmt: skip
def test_it_is_named_until_it_was_measured_or_asked(
    resource: dict[str, Any], catch_up: Callable[..., object], alice: User
) -> None:
    patient = imported(resource).patient
    assert len(kinds(patient)) == 1
    catch_up(acting(alice), patient)
    assert kinds(patient) == []


def test_a_measurement_of_before_that_day_does_not_catch_up(alice: User) -> None:
    patient = imported(PRESSURE).patient
    before = NOW - timedelta(days=30)
    add_blood_pressure(
        acting(alice), patient=patient, systolic=Decimal(120), diastolic=Decimal(80),
        taken_at=before, now=LATER,
    )  # fmt: skip
    assert kinds(patient) == ["blood_pressure"]


def test_one_without_a_day_is_caught_up_by_one_entered_since(alice: User) -> None:
    undated = observation("29463-7", "70", "kg", effectiveDateTime="2026")
    patient = imported(undated).patient
    assert kinds(patient) == ["weight"]
    add_measurement(
        acting(alice), patient=patient, code="weight", value=Decimal(70), taken_at=NOW, now=LATER
    )
    assert kinds(patient) == []


def test_a_medicine_is_named_until_the_list_was_gone_through(alice: User) -> None:
    patient = imported(MEDICINE, medication(id="m2")).patient
    assert kinds(patient) == [], "it stands on the list by another entry"
    other = medication(id="m3", medicationCodeableConcept={"text": "Nardil"}, authoredOn="x")
    somebody = {"identifier": [{"value": "2"}], "birthDate": "1970-01-01"}
    another = imported(other, medication(id="m2"), **somebody).patient
    assert kinds(another) == ["medicine"]
    say_of_list(acting(alice), patient=another, name="medications", none=False, now=LATER)
    assert kinds(another) == []


def test_a_condition_is_named_until_a_prescriber_decided_with_it_in_sight(alice: User) -> None:
    patient = imported(CONDITION).patient
    assert kinds(patient) == ["condition"]
    decided(patient, alice, at=LATER)
    assert kinds(patient) == []


def test_the_newest_three_stand_there_and_the_page_of_the_import_has_them_all(
    signed_in: SignIn, alice: User
) -> None:
    days = ("2026-11-01", "2026-11-05", "2026-11-03", "2026-11-04", None)
    several = [
        pressure("80", "120", id=f"b{number}", effectiveDateTime=day)
        for number, day in enumerate(days)
    ]
    patient = imported(*several).patient
    client = signed_in(alice)
    told = page(client, "patient", patient.pk)
    assert told.index("5 Nov 2026") < told.index("4 Nov 2026") < told.index("3 Nov 2026")
    assert "1 Nov 2026" not in told
    assert "and 2 more" in told
    all_of_them = page(client, "import", patient.imports.get().pk)
    assert "Not in the chart, and to look at: 5" in all_of_them
    assert "1 Nov 2026" in all_of_them
    assert "no day given" in all_of_them


def test_a_part_of_a_record_is_said_until_a_whole_one_came(alice: User) -> None:
    part = {**bundle(condition()), "type": "searchset", "total": 9}
    patient = import_text(text(part), "Ada.json", importer(), NOW).patient
    assert [batch.file_name for batch in unread(patient).incomplete] == ["Ada.json"]
    ImportBatch.objects.create(
        patient=patient, file_name="whole.json", sha256="0", content="{}", counts={},
        imported_at=LATER, imported_by="B. Okafor",
    )  # fmt: skip
    assert unread(patient).incomplete == []


def test_scales_from_elsewhere_stand_in_the_chart_by_name_value_and_day(
    signed_in: SignIn, alice: User
) -> None:
    def scored(total: int, day: str) -> dict[str, Any]:
        code = {"coding": [{"system": "http://loinc.org", "code": "44261-6"}]}
        return observation(
            "0-0", None, id=day, code=code, valueInteger=total, effectiveDateTime=day
        )

    days = ("2026-01-02", "2026-04-02", "2026-03-02", "2026-02-02")
    patient = imported(*(scored(20 - n, day) for n, day in enumerate(days))).patient
    told = page(signed_in(alice), "patient", patient.pk)
    assert "Scales answered elsewhere PHQ-9, total, 19 2 Apr 2026" in told
    assert "Earlier: 1" in told
    assert "none of them counts among this clinic's own" in told
    assert "LOINC" in told
    outcome = page(signed_in(alice), "outcome", patient.pk)
    assert "PHQ-9, total" not in outcome
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("changes", "shown", "hidden"),
    [
        (
            {"text": "Anesthetic agent", "coding": [
                {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "6130",
                 "display": "ketamine"}]},
            ("Anesthetic agent, coded as ketamine", "RxNorm 6130"),
            (),
        ),
        (coded("http://snomed.info/sct", "1", "Latex"), ("Latex", "SNOMED CT 1"), ("coded as",)),
        (
            {"text": "Latex", "coding": [{"code": "7", "display": "Latex (substance)"}]},
            ("Latex", "code 7"),
            ("coded as",),
        ),
    ],
)  # fmt: skip
def test_what_the_codes_say_beyond_the_words_stands_beside_them(
    changes: dict[str, Any], shown: tuple[str, ...], hidden: tuple[str, ...],
    signed_in: SignIn, alice: User,
) -> None:  # fmt: skip
    allergy = {
        "resourceType": "AllergyIntolerance",
        "patient": {"reference": "Patient/p1"},
        "code": changes,
    }
    told = page(signed_in(alice), "patient", imported(allergy).patient.pk)
    assert [each for each in shown if each not in told] == []
    assert not any(each in told for each in hidden)


def test_a_kept_resource_cannot_turn_the_direction_of_reading(
    signed_in: SignIn, alice: User
) -> None:
    raw = text(bundle(condition(note=[{"text": "MARK"}]))).replace("MARK", "a\u202eb")
    batch = import_text(raw, "Ada.json", importer(), NOW)
    told = page(signed_in(alice), "kept_resource", batch.kept.get().pk)
    assert "a\\u202eb" in told
    assert "\u202e" not in told
