"""An import is about one patient, who is not here yet."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps

from mooring.clinic.imports.models import WaitingFile
from mooring.clinic.rows import Row
from mooring.exchange.fhir.importing import import_bytes, import_text
from mooring.exchange.fhir.unfit import ImportRefusedError
from tests.exchange.bundles import (
    ABOUT,
    NOW,
    PATIENT,
    bundle,
    condition,
    importer,
    medication,
    text,
)

pytestmark = pytest.mark.django_db


def stored() -> int:
    tables = [model for model in apps.get_models() if issubclass(model, Row)]
    return sum(model._default_manager.count() for model in tables)


def refusal(content: bytes, name: str = "Ada.json") -> str:
    before = stored()
    with pytest.raises(ImportRefusedError) as refused:
        import_bytes(content, name, importer(), NOW)
    assert stored() == before, "a refused file leaves nothing behind"
    return str(refused.value)


def refusal_of(*resources: dict[str, Any], **changes: Any) -> str:
    return refusal(text(bundle(*resources, **changes)).encode())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": []}, "entry 1 (Patient), name: a name is needed"),
        ({"name": [{"use": "official"}]}, "entry 1 (Patient), name: a name is needed"),
        ({"name": [{"family": "x" * 201}]}, "name[0].family: at most 200"),
        ({"name": [{"family": "Q", "given": ["ab"] * 100}]}, "name[0].given: at most 200"),
        ({"name": [{"family": "Q\u200fuill"}]}, "name[0].family: text without control"),
        ({"identifier": []}, "identifier: a medical record number is needed"),
        ({"implicitRules": "http://x"}, "entry 1 (Patient): it carries implicitRules"),
        ({"modifierExtension": []}, "entry 1 (Patient): it carries modifierExtension"),
    ],
)
def test_a_patient_who_cannot_be_filed_is_refused(changes: dict[str, Any], words: str) -> None:
    assert words in refusal_of(**changes)


def test_a_bundle_is_about_exactly_one_patient() -> None:
    nobody = bundle(condition())
    del nobody["entry"][0]
    assert "one Patient is needed; there is none" in refusal(text(nobody).encode())
    assert "there are 2 (entries 1, 2)" in refusal_of({**PATIENT, "id": "p2"})


SOMEONE_ELSE = {"reference": "Patient/p2"}


@pytest.mark.parametrize(
    ("resource", "place"),
    [
        (condition(subject=SOMEONE_ELSE), "entry 2 (Condition), subject: "),
        (medication(subject=SOMEONE_ELSE), "entry 2 (MedicationRequest), subject: "),
        (
            {"resourceType": "AllergyIntolerance", "patient": SOMEONE_ELSE},
            "entry 2 (AllergyIntolerance), patient: ",
        ),
        (
            condition(subject={"reference": "https://elsewhere.example/fhir/Patient/p1"}),
            "entry 2 (Condition), subject: ",
        ),
        (condition(subject={"reference": "#p1"}), "entry 2 (Condition), subject: "),
        (condition(subject={"display": "Ada"}), "entry 2 (Condition), subject: "),
        (
            condition(subject={"identifier": {"system": "s", "value": "MRN-77"}}),
            "entry 2 (Condition), subject: ",
        ),
        ({"resourceType": "Claim", "patient": SOMEONE_ELSE}, "entry 2 (Claim), patient: "),
        (
            {"resourceType": "Procedure", "subject": {"reference": "urn:uuid:someone"}},
            "entry 2 (Procedure), subject: ",
        ),
        ({"resourceType": "Coverage", "beneficiary": SOMEONE_ELSE}, "beneficiary: "),
    ],
)
def test_nothing_about_another_patient_comes_in(resource: dict[str, Any], place: str) -> None:
    message = refusal_of(resource)
    assert place in message
    assert "someone other than the patient" in message


def test_a_resource_of_the_chart_that_names_nobody_is_refused() -> None:
    resource = condition()
    del resource["subject"]
    assert "entry 2 (Condition), subject: a reference" in refusal_of(resource)


@pytest.mark.parametrize(
    "subject",
    [
        ABOUT,
        {"reference": "Patient/p1"},
        {"reference": "Patient/p1/_history/3"},
        {"identifier": {"system": "http://example.org/mrn", "value": "MRN-77"}},
        {"reference": "Patient?identifier=http://example.org/mrn|MRN-77"},
        {"reference": "Patient?identifier=http%3A%2F%2Fexample.org%2Fmrn%7CMRN-77"},
    ],
)
def test_every_way_to_point_to_the_patient_of_the_bundle_is_taken(
    subject: dict[str, Any],
) -> None:
    batch = import_text(text(bundle(condition(subject=subject))), "a.json", importer(), NOW)
    assert batch.patient.conditions.count() == 1


def test_a_kept_resource_may_be_about_a_place() -> None:
    place = {"resourceType": "Measure", "subject": {"reference": "Location/ward"}}
    batch = import_text(text(bundle(place)), "a.json", importer(), NOW)
    assert batch.kept.filter(resource_type="Measure").exists()


def test_the_same_file_twice_is_refused_with_the_name_of_the_earlier() -> None:
    content = text(bundle(condition())).encode()
    import_bytes(content, "first.json", importer(), NOW)
    message = refusal(content, "second.json")
    assert message.startswith(
        "second.json: This file was imported already, as first.json on 23 Nov"
    )


def test_a_file_of_a_patient_who_is_here_already_waits_to_be_compared() -> None:
    first = import_text(text(bundle()), "first.json", importer(), NOW)
    waiting = import_text(text(bundle(condition())), "second.json", importer(), NOW)
    assert isinstance(waiting, WaitingFile)
    assert (waiting.patient, waiting.by_number) == (first.patient, True)
    assert not first.patient.conditions.exists()


def test_a_file_that_waits_already_is_refused_with_its_name() -> None:
    import_text(text(bundle()), "first.json", importer(), NOW)
    content = text(bundle(condition())).encode()
    import_bytes(content, "second.json", importer(), NOW)
    assert refusal(content, "third.json").startswith(
        "third.json: This file waits already, as second.json"
    )
