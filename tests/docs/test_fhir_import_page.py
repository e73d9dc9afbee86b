"""The page on imports says of each FHIR element what becomes of it: each line is tried."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from mooring.exchange.fhir.received import read_content
from mooring.exchange.fhir.registry import readers
from tests.exchange.bundles import NOW, bundle, text

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/fhir-import.md").read_text()
WORDS = frozenset({"read", "kept", "ties", "stops"})
ABOUT = {"reference": "urn:uuid:00000000-0000-4000-8000-000000000001"}
CONCEPT = {"text": "Something"}
DAY, MOMENT = "2026-11-20", "2026-11-20T09:30:00Z"
PERIOD = {"start": "2026-11-01", "end": "2026-11-20"}

BARE: dict[str, dict[str, Any]] = {
    "Patient": {"name": [{"family": "Quill"}], "identifier": [{"value": "7"}]},
    "Condition": {"code": CONCEPT, "subject": ABOUT},
    "AllergyIntolerance": {"code": CONCEPT, "patient": ABOUT},
    "MedicationRequest": {
        "status": "active", "intent": "order", "medicationCodeableConcept": CONCEPT,
        "subject": ABOUT,
    },
    "MedicationStatement": {
        "status": "active", "medicationCodeableConcept": CONCEPT, "subject": ABOUT,
    },
    "Observation": {
        "status": "final", "subject": ABOUT, "effectiveDateTime": MOMENT,
        "code": {"coding": [{"system": "http://loinc.org", "code": "29463-7"}]},
        "valueQuantity": {"value": 70, "unit": "kg"},
    },
    "Flag": {"status": "active", "code": CONCEPT, "subject": ABOUT},
    "FamilyMemberHistory": {
        "status": "completed", "patient": ABOUT, "relationship": CONCEPT,
        "condition": [{"code": CONCEPT}],
    },
    "Composition": {"status": "final", "subject": ABOUT},
}  # fmt: skip
"""A resource of each type that is read whole."""

SAMPLES: dict[str, Any] = {
    "effectiveDateTime": DAY, "effectiveInstant": MOMENT,
    "effectivePeriod": PERIOD, "onsetDateTime": DAY, "abatementDateTime": DAY,
    "recordedDate": DAY, "authoredOn": DAY, "dateAsserted": DAY, "date": DAY, "issued": MOMENT,
    "birthDate": "1980-01-01", "gender": "female", "active": True, "deceasedBoolean": True,
    "deceasedDateTime": DAY, "doNotPerform": False, "period": PERIOD,
    "telecom": [{"system": "phone", "value": "1"}], "method": CONCEPT,
    "link": [{"type": "replaced-by", "other": {"reference": "Patient/2"}}],
    "medicationReference": {"display": "Something"}, "medication": {"concept": CONCEPT},
    "contained": [{"resourceType": "Medication", "id": "m", "code": CONCEPT}],
    "dosageInstruction": [{"text": "1"}], "dosage": [{"text": "1"}],
    "reaction": [{"substance": CONCEPT}], "identifier": [{"value": "7"}],
    "section": [{"emptyReason": CONCEPT}], "title": "Summary", "type": CONCEPT,
    "meta": {"versionId": "1"}, "text": {"status": "generated"}, "language": "en",
    "clinicalStatus": {"coding": [{"code": "active"}]},
    "verificationStatus": {"coding": [{"code": "confirmed"}]},
    "id": "x7", "implicitRules": "http://x", "modifierExtension": [{"url": "x"}],
    "dataAbsentReason": CONCEPT, "hasMember": [{"reference": "Observation/9"}],
    "reportedBoolean": True, "confidentiality": "N",
}  # fmt: skip
"""A value for each element that needs one of its own kind; any other gets a list of a concept."""


def lines() -> list[tuple[str, str, str]]:
    """Type, element and what the page says becomes of it."""
    found = []
    for section in PAGE.split("\n## ")[1:]:
        name = section.partition("\n")[0].strip()
        if name in BARE:
            rows = re.findall(r"^\| `(\w+)` \| (\w+) \|", section, re.MULTILINE)
            found.extend((name, element, word) for element, word in rows)
    return found


def became_of(type_name: str, element: str) -> str:
    """What the reader makes of that element, beside what the bare resource has."""
    sample = SAMPLES.get(element, [CONCEPT])
    resource = {"resourceType": type_name, element: sample, **BARE[type_name]}
    if type_name == "Patient":
        data, place = bundle(), 0
        data["entry"][0]["resource"] = {"id": "p1", **resource}
    else:
        data, place = bundle(resource), 1
    received = read_content(text(data).encode(), "a.json", NOW)
    reasons = [kept.reason for kept in received.kept if kept.position == place]
    if not reasons:
        return "read"
    left = re.fullmatch(r"Read in part\. Not read: (.*)\.", reasons[0])
    if left is None:
        return "stops"
    return "kept" if re.search(rf"\b{element}\b", left[1]) else "read"


@pytest.mark.parametrize("line", lines(), ids=lambda line: "-".join(line[:2]))
def test_what_the_page_says_of_an_element_is_what_happens(line: tuple[str, str, str]) -> None:
    type_name, element, word = line
    assert word in WORDS
    # An element that only ties the resource to its source is neither in a row nor left over.
    expected = "read" if word == "ties" else word
    try:
        assert became_of(type_name, element) == expected
    except Exception as problem:
        assert (word, type_name) == ("stops", "Patient"), problem


def test_every_type_that_is_read_has_its_table_and_no_element_stands_twice() -> None:
    found = lines()
    assert {name for name, _, _ in found} == readers().keys() == BARE.keys()
    assert len({line[:2] for line in found}) == len(found)


@pytest.mark.parametrize("name", BARE)
def test_an_element_without_a_line_is_left_over_and_so_kept(name: str) -> None:
    assert became_of(name, "somethingNew") == "kept"


def test_the_readme_leads_there() -> None:
    assert "docs/fhir-import.md" in (ROOT / "README.md").read_text()


def test_the_fields_that_tie_are_those_the_readers_leave_alone() -> None:
    from mooring.exchange.fhir.reading import BOOKKEEPING

    for name, element, word in lines():
        if word == "ties" and name != "Composition":
            assert element in BOOKKEEPING
