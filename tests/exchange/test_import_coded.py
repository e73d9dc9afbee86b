"""Medicines, allergies, findings: every coding is kept, and a status is known by its system."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mooring.clinic.imports.models import ImportBatch
from mooring.exchange.fhir.importing import import_text
from tests.exchange.bundles import (
    ABOUT,
    NOW,
    bundle,
    coded,
    condition,
    importer,
    medication,
    text,
)

pytestmark = pytest.mark.django_db
SNOMED, RXNORM = "http://snomed.info/sct", "http://www.nlm.nih.gov/research/umls/rxnorm"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"


def imported(*resources: dict[str, Any]) -> ImportBatch:
    return import_text(text(bundle(*resources)), "Ada.json", importer(), NOW)


def allergy(**changes: Any) -> dict[str, Any]:
    return {"resourceType": "AllergyIntolerance", "patient": ABOUT, **changes}


def ordered(**changes: Any) -> dict[str, Any]:
    resource = medication(**changes)
    del resource["medicationCodeableConcept"]
    return resource


def displays(row: Any) -> list[str | None]:
    return [each["display"] for each in row.codings]


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("urn:oid:2.16.840.1.113883.6.96", SNOMED),
        ("urn:oid:2.16.840.1.113883.6.88", RXNORM),
        ("urn:oid:2.16.840.1.113883.6.90", "http://hl7.org/fhir/sid/icd-10-cm"),
        ("http://snomed.info/sct/731000124108", SNOMED),
        ("https://snomed.info/sct/", SNOMED),
        ("urn:oid:1.2.3", "urn:oid:1.2.3"),
    ],
)
def test_a_known_system_is_known_by_each_of_its_addresses(address: str, known: str) -> None:
    row = imported(condition(code=coded(address, "7", "x"))).patient.conditions.get()
    assert (row.system, row.code, row.codings[0]["system"]) == (known, "7", known)


def test_a_loinc_code_is_read_under_its_object_identifier() -> None:
    weight = {
        "resourceType": "Observation",
        "status": "final",
        "code": {"coding": [{"system": "urn:oid:2.16.840.1.113883.6.1", "code": "29463-7"}]},
        "subject": ABOUT,
        "effectiveDateTime": "2026-11-20T09:30:00Z",
        "valueQuantity": {
            "value": 70, "system": "urn:oid:2.16.840.1.113883.6.8", "code": "kg",
        },
    }  # fmt: skip
    assert imported(weight).patient.measurements.get().value == 70


def test_of_an_allergys_codes_rxnorms_names_the_substance() -> None:
    codings = [
        {"system": SNOMED, "code": "372614000", "display": "Anesthetic"},
        {"system": RXNORM, "code": "6130", "display": "ketamine"},
    ]
    row = imported(allergy(code={"text": "Anaesthetic", "coding": codings})).patient.allergies.get()
    assert (row.text, row.system, row.code) == ("Anaesthetic", RXNORM, "6130")
    assert displays(row) == ["Anesthetic", "ketamine"]


def test_the_substance_of_a_reaction_is_kept_beside_the_allergys_own_words() -> None:
    reactions = [
        {"substance": coded(RXNORM, "6130", "ketamine"), "manifestation": [{"text": "rash"}]},
        {"substance": {"text": "esketamine spray"}},
        {"substance": {"text": "anaesthetic"}},
        {"manifestation": [{"text": "hives"}]},
    ]
    batch = imported(allergy(code={"text": "Anaesthetic"}, reaction=reactions))
    row = batch.patient.allergies.get()
    assert (row.text, row.code) == ("Anaesthetic", "6130")
    assert displays(row) == ["ketamine", "esketamine spray"]
    assert batch.kept.get().reason == "Read in part. Not read: reaction.manifestation."


def test_an_allergy_known_by_its_reaction_alone_is_read() -> None:
    row = imported(allergy(reaction=[{"substance": {"text": "Ketamine"}}])).patient.allergies.get()
    assert row.text == "Ketamine"


@pytest.mark.parametrize(
    ("clinical", "status"),
    [
        ([("http://local", "A"), (f"{TERMINOLOGY}/condition-clinical", "resolved")], "resolved"),
        ([(f"{TERMINOLOGY}/condition-clinical", "resolved"), ("http://local", "A")], "resolved"),
        ([("http://local", "resolved")], "unknown"),
        ([(None, "resolved")], "resolved"),
        ([(None, "R")], "unknown"),
        ([(None, "active"), (f"{TERMINOLOGY}/condition-clinical", "resolved")], "resolved"),
        (
            [(f"{TERMINOLOGY}/condition-clinical", code) for code in ("active", "resolved")],
            "unknown",
        ),
    ],
)
def test_a_clinical_status_counts_by_its_system_not_by_its_place(
    clinical: list[tuple[str | None, str]], status: str
) -> None:
    codings = [{"code": code} | ({"system": system} if system else {}) for system, code in clinical]
    batch = imported(condition(clinicalStatus={"coding": codings}))
    assert batch.patient.conditions.get().status == status
    assert batch.kept.exists() == (status == "unknown")


def test_a_refuted_finding_is_known_behind_a_code_of_the_sources_own() -> None:
    codings = [
        {"system": "http://local", "code": "R"},
        {"system": f"{TERMINOLOGY}/condition-ver-status", "code": "refuted"},
    ]
    assert not imported(
        condition(verificationStatus={"coding": codings})
    ).patient.conditions.exists()


@pytest.mark.parametrize(
    ("changes", "text", "codings"),
    [
        (
            {"medication": {"concept": {"text": "Tranylcypromine 10 mg"}}},
            "Tranylcypromine 10 mg",
            [],
        ),
        (
            {"medicationReference": {"reference": "Medication/elsewhere", "display": "Nardil"}},
            "Nardil",
            [],
        ),
        ({"medication": {"reference": {"display": "Nardil"}}}, "Nardil", []),
        (
            {
                "contained": [
                    {
                        "resourceType": "Medication",
                        "id": "m",
                        "code": {"text": "Compound"},
                        "ingredient": [
                            {"itemCodeableConcept": coded(RXNORM, "6130", "ketamine")},
                            {"itemReference": {"display": "lidocaine"}},
                            {"itemCodeableConcept": {"text": "water"}, "isActive": False},
                        ],
                    }
                ],
                "medicationReference": {"reference": "#m", "display": "pain cream"},
            },
            "Compound",
            ["ketamine", "lidocaine", "pain cream"],
        ),
        (
            {
                "contained": [
                    {
                        "resourceType": "Medication",
                        "id": "m",
                        "ingredient": [
                            {"itemCodeableConcept": {"text": "Tranylcypromine"}},
                            {"item": {"concept": {"text": "Trifluoperazine"}}},
                            {"strength": {}},
                        ],
                    }
                ],
                "medicationReference": {"reference": "#m"},
            },
            "Tranylcypromine / Trifluoperazine",
            ["Tranylcypromine", "Trifluoperazine"],
        ),
    ],
)
def test_a_medicine_is_read_from_wherever_it_is_named(
    changes: dict[str, Any], text: str, codings: list[str]
) -> None:
    row = imported(ordered(**changes)).patient.medications.get()
    assert (row.text, displays(row)) == (text, codings)


@pytest.mark.parametrize(
    ("contained", "reason", "concern"),
    [
        ({"id": "m"}, "neither words nor a code for a medicine", "medicine"),
        ({"id": "m", "ingredient": [{}]}, "neither words nor a code", "medicine"),
        ({"id": "m", "status": "entered-in-error"}, "entered in error", ""),
        ({"id": "m", "modifierExtension": []}, "modifierExtension", "medicine"),
        ({"id": "other", "code": {"text": "x"}}, "neither words nor a code", "medicine"),
    ],
)
def test_a_medicine_that_nothing_names_is_kept_and_said_to_be_a_medicine(
    contained: dict[str, Any], reason: str, concern: str
) -> None:
    medicine = {"resourceType": "Medication", **contained}
    batch = imported(ordered(contained=[medicine], medicationReference={"reference": "#m"}))
    row = batch.kept.get()
    assert reason in row.reason
    assert row.concern == concern


def test_what_else_an_order_contains_is_left_over() -> None:
    batch = imported(medication(contained=[{"resourceType": "Practitioner", "id": "p"}]))
    assert batch.kept.get().reason == "Read in part. Not read: contained."


def statement(**changes: Any) -> dict[str, Any]:
    return {
        "resourceType": "MedicationStatement",
        "status": "active",
        "medicationCodeableConcept": {"text": "Tranylcypromine 10 mg tablet"},
        "subject": ABOUT,
        **changes,
    }


def test_a_statement_of_a_medicine_is_on_the_list_with_its_days_and_dose() -> None:
    period = {"start": "2025-01-05", "end": "2026-02-03"}
    said = statement(
        effectivePeriod=period, dateAsserted="2026-03-01", dosage=[{"text": "1 a day"}]
    )
    batch = imported(said)
    row = batch.patient.medications.get()
    assert (row.text, row.status, row.dose) == ("Tranylcypromine 10 mg tablet", "active", "1 a day")
    assert (row.since, row.until) == (date(2025, 1, 5), date(2026, 2, 3))
    assert row.origin == "import Ada.json; stated there 1 Mar 2026"
    assert not batch.kept.exists()


@pytest.mark.parametrize(
    ("changes", "since"),
    [
        ({"effectiveDateTime": "2025-01-05"}, date(2025, 1, 5)),
        ({"effectiveDateTime": "2025"}, None),
        ({"effectivePeriod": {"start": "2025"}}, None),
        ({}, None),
    ],
)
def test_a_statement_with_less_of_a_date_says_so(
    changes: dict[str, Any], since: date | None
) -> None:
    batch = imported(statement(**changes))
    assert batch.patient.medications.get().since == since
    assert batch.kept.exists() == (bool(changes) and since is None)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"status": "entered-in-error"}, "entered-in-error"),
        ({"medicationCodeableConcept": {}}, "neither words nor a code"),
        ({"subject": {"reference": "Location/w"}}, "does not say that it is about the patient"),
    ],
)
def test_a_statement_that_gives_no_medicine_is_kept(changes: dict[str, Any], reason: str) -> None:
    batch = imported(statement(**changes))
    assert not batch.patient.medications.exists()
    assert reason in batch.kept.get().reason


ABSENT = "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"


@pytest.mark.parametrize(
    "resource",
    [
        allergy(code=coded(ABSENT, "no-allergy-info", "No information about allergies")),
        medication(medicationCodeableConcept=coded(ABSENT, "no-medication-info", "No information")),
        statement(medicationCodeableConcept=coded(ABSENT, "no-medication-info", "No information")),
        condition(code=coded(ABSENT, "no-problem-info", "No information about problems")),
    ],
)
def test_that_nothing_is_known_is_no_entry_of_a_list(resource: dict[str, Any]) -> None:
    batch = imported(resource)
    assert "That is not the same as none." in batch.kept.get().reason


def test_that_there_are_no_problems_is_no_finding() -> None:
    batch = imported(condition(code=coded(ABSENT, "no-known-problems", "No known problems")))
    assert not batch.patient.conditions.exists()


def test_that_there_are_no_allergies_stands_as_such() -> None:
    none = allergy(code=coded(ABSENT, "no-known-allergies", "No known allergies"))
    row = imported(none).patient.allergies.get()
    assert (row.system, row.code) == (ABSENT, "no-known-allergies")
