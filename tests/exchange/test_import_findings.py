"""What becomes a finding without being a Condition: observations, flags, families, documents."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mooring.clinic.imports.models import ImportBatch
from mooring.exchange.fhir.importing import import_text
from tests.exchange.bundles import ABOUT, NOW, bundle, coded, condition, importer, observation, text

pytestmark = pytest.mark.django_db
SNOMED, LOINC = "http://snomed.info/sct", "http://loinc.org"


def imported(*resources: dict[str, Any]) -> ImportBatch:
    return import_text(text(bundle(*resources)), "Ada.json", importer(), NOW)


def observed(code: dict[str, Any], **value: Any) -> dict[str, Any]:
    return observation("0-0", None, code=code, **value)


def bare(system: str, code: str) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code}]}


@pytest.mark.parametrize(
    ("resource", "words"),
    [
        (
            observed(
                bare(LOINC, "82810-3"), valueCodeableConcept=coded(SNOMED, "77386006", "Pregnant")
            ),
            "Pregnancy status: pregnant",
        ),
        (
            observed(bare(LOINC, "82810-3"), valueCodeableConcept=bare(SNOMED, "60001007")),
            "Pregnancy status: not pregnant",
        ),
        (
            observed(bare(LOINC, "82810-3"), valueCodeableConcept=bare(LOINC, "LA26683-5")),
            "Pregnancy status: not pregnant",
        ),
        (
            observed({"text": "Pregnancy status"}, valueString="Possibly, period 3 weeks late"),
            "Pregnancy status: Possibly, period 3 weeks late",
        ),
        (
            observed(bare(LOINC, "2106-3"), valueCodeableConcept=bare(SNOMED, "10828004")),
            "Pregnancy test positive (hCG)",
        ),
        (
            observed({"text": "Urine HCG, qualitative"}, valueCodeableConcept={"text": "Negative"}),
            "Pregnancy test negative (Urine HCG, qualitative)",
        ),
        (
            observed(
                coded(LOINC, "2118-8", "Choriogonadotropin (pregnancy test) [Presence] in Serum"),
                valueCodeableConcept={"text": "Detected"},
            ),
            "Pregnancy test positive (Choriogonadotropin (pregnancy test) [Presence] in Serum:"
            " detected)",
        ),
        (
            observed(bare(LOINC, "2106-3"), valueString="invalid, repeat"),
            "Pregnancy test (hCG): invalid, repeat",
        ),
    ],
)
def test_a_pregnancy_is_a_finding_in_the_observations_own_words(
    resource: dict[str, Any], words: str
) -> None:
    row = imported(resource).patient.conditions.get()
    assert row.text == words
    assert (row.status, row.since) == ("unknown", date(2026, 11, 20))
    assert row.origin == "import Ada.json; observed 20 Nov 2026"


def test_a_status_is_coded_by_its_answer_and_a_test_by_itself() -> None:
    status = observed(bare(LOINC, "82810-3"), valueCodeableConcept=bare(SNOMED, "77386006"))
    test = observed(bare(LOINC, "2106-3"), valueCodeableConcept=bare(SNOMED, "10828004"), id="t")
    rows = imported(status, test).patient.conditions.order_by("code")
    assert [row.code for row in rows] == ["2106-3", "77386006"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, "Its value is not given in words."),
        ({"valueQuantity": {"value": 25000, "unit": "mIU/mL"}}, "not given in words"),
        ({"valueCodeableConcept": bare(SNOMED, "1")}, "a code without words"),
        ({"valueCodeableConcept": {}}, "neither words nor a code"),
        ({"valueString": "yes", "effectiveDateTime": "2026"}, "on which day"),
        ({"valueString": "yes", "status": "preliminary"}, "not a finished result"),
    ],
)
def test_a_pregnancy_that_is_not_told_in_words_is_named_as_such(
    changes: dict[str, Any], reason: str
) -> None:
    batch = imported(observed(bare(LOINC, "82810-3"), **changes))
    row = batch.kept.get()
    assert not batch.patient.conditions.exists()
    assert reason in row.reason
    assert row.concern == "pregnancy"


def test_that_there_is_no_value_is_no_missing_pregnancy() -> None:
    batch = imported(observed(bare(LOINC, "82810-3"), dataAbsentReason={"text": "asked, declined"}))
    assert batch.kept.get().concern == ""


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("44261-6", {"valueInteger": 17}, ("PHQ-9, total", "17")),
        ("44261-6", {"valueQuantity": {"value": 9, "unit": "pt"}}, ("PHQ-9, total", "9 pt")),
        ("44260-8", {"valueCodeableConcept": {"text": "Nearly every day"}},
         ("PHQ-9, item 9", "Nearly every day")),
        ("70274-6", {"valueInteger": 12}, ("GAD-7, total", "12")),
    ],
)  # fmt: skip
def test_a_scale_from_elsewhere_is_kept_by_name_value_and_day_and_counts_nowhere(
    code: str, value: dict[str, Any], shown: tuple[str, str]
) -> None:
    batch = imported(observed(bare(LOINC, code), **value))
    row = batch.kept.get()
    assert ((row.subject, row.value), row.dated) == (shown, date(2026, 11, 20))
    assert row.concern == "scale"
    assert not batch.patient.measurements.exists()


def flag(words: str, **changes: Any) -> dict[str, Any]:
    code = {"text": words}
    return {
        "resourceType": "Flag", "status": "active", "code": code, "subject": ABOUT, **changes,
    }  # fmt: skip


@pytest.mark.parametrize("words", ["KETAMINE ALLERGY", "anaphylaxis to ketamine", "NKDA"])
def test_a_flag_about_an_allergy_is_an_allergy_in_its_words(words: str) -> None:
    row = imported(flag(words, period={"start": "2020-02-01"})).patient.allergies.get()
    assert (row.text, row.status, row.since) == (words, "active", date(2020, 2, 1))
    assert row.origin == "import Ada.json; a flag of that record"


def test_another_flag_is_a_finding() -> None:
    batch = imported(flag("Suicide risk", period={"start": "2020"}))
    assert batch.patient.conditions.get().text == "Suicide risk"
    assert "period.start (no full date)" in batch.kept.get().reason


VISITS = [coded("http://terminology.hl7.org/CodeSystem/flag-category", "admin", "Administrative")]


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        (flag("Owes a bill", category=VISITS), "about the visit"),
        (flag("Suicide risk", status="entered-in-error"), "entered-in-error"),
        (flag("Wet floor", subject={"reference": "Location/w"}), "about the patient"),
        ({**flag("x"), "code": {}}, "neither words nor a code"),
    ],
)
def test_a_flag_that_says_nothing_of_the_patients_health_is_kept(
    resource: dict[str, Any], reason: str
) -> None:
    batch = imported(resource)
    assert not batch.patient.conditions.exists()
    assert reason in batch.kept.get().reason


def test_an_allergy_is_an_allergy_in_whatever_drawer_it_is_filed() -> None:
    assert imported(flag("Ketamine allergy", category=VISITS)).patient.allergies.exists()


def family(*conditions: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "resourceType": "FamilyMemberHistory",
        "status": "completed",
        "patient": ABOUT,
        "relationship": {"text": "mother"},
        "condition": list(conditions),
        **changes,
    }


def test_a_relatives_condition_is_the_relatives() -> None:
    batch = imported(
        family({"code": {"text": "Schizophrenia"}, "onsetAge": {"value": 20}}, {"note": []})
    )
    row = batch.patient.conditions.get()
    assert (row.text, row.relation, row.status) == ("Schizophrenia", "mother", "unknown")
    assert batch.kept.get().reason == (
        "Read in part. Not read: condition.onsetAge, condition.note."
    )


def test_a_relative_who_is_not_named_is_never_the_patient() -> None:
    batch = imported(family({"code": {"text": "Schizophrenia"}}, relationship={}))
    assert batch.patient.conditions.get().relation == "relative"


@pytest.mark.parametrize(
    ("resource", "reason"),
    [
        (family(), "names no condition"),
        (family({"code": {"text": "x"}}, status="entered-in-error"), "entered-in-error"),
        (family({"code": {"text": "x"}}, patient=None), "about the patient of this file"),
    ],
)
def test_a_family_history_that_tells_nothing_is_kept(resource: dict[str, Any], reason: str) -> None:
    batch = imported(resource)
    assert not batch.patient.conditions.exists()
    assert reason in batch.kept.get().reason


EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason"


def section(code: str, why: str | None = None, **changes: Any) -> dict[str, Any]:
    reason = {"emptyReason": bare(EMPTY, why)} if why else {}
    return {"code": bare(LOINC, code), **reason, **changes}


def document(*sections: dict[str, Any], **changes: Any) -> ImportBatch:
    composition = {
        "resourceType": "Composition", "status": "final", "type": bare(LOINC, "60591-5"),
        "subject": ABOUT, "date": "2026-11-01", "title": "Summary", "section": list(sections),
        **changes,
    }  # fmt: skip
    data = {**bundle(composition, condition()), "type": "document"}
    return import_text(text(data), "Ada.json", importer(), NOW)


def test_a_document_is_read_by_its_entries_and_by_what_it_says_is_none() -> None:
    patient = document(section("48765-2", "nilknown"), section("10160-0", "nilknown")).patient
    assert patient.conditions.count() == 1
    assert patient.allergies.get().text == "No known allergies"
    assert patient.medications.get().code == "no-known-medications"


@pytest.mark.parametrize("why", ["notasked", "unavailable", "withheld", None])
def test_a_section_that_is_empty_for_another_reason_says_nothing(why: str | None) -> None:
    patient = document(section("48765-2", why), section("11450-4", "nilknown")).patient
    assert not patient.allergies.exists()


def test_what_a_section_says_in_its_own_words_is_kept() -> None:
    batch = document(section("48765-2", text={"status": "additional"}))
    assert batch.kept.get().reason == "Read in part. Not read: the text of its sections."


def test_a_document_entered_in_error_says_nothing() -> None:
    batch = document(section("48765-2", "nilknown"), status="entered-in-error")
    assert not batch.patient.allergies.exists()
