"""Small bundles for the tests, made piece by piece so that a test changes only what it is about."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mooring.clinic.actions import Actor, command

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SYNTHEA = Path(__file__).parents[1] / "data" / "fhir" / "synthea"
PATIENT_URL = "urn:uuid:00000000-0000-4000-8000-000000000001"
ABOUT = {"reference": PATIENT_URL}
UCUM = "http://unitsofmeasure.org"


def importer() -> Actor:
    """The command line, which may import."""
    return command("test")


PATIENT: dict[str, Any] = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [{"system": "http://example.org/mrn", "value": "MRN-77"}],
    "name": [{"use": "official", "family": "Quill", "given": ["Ada", "May"]}],
    "gender": "female",
    "birthDate": "1980-04-05",
}


def condition(**changes: Any) -> dict[str, Any]:
    """Hypertension, active since 29 July 2005; `changes` replace or add fields."""
    return {
        "resourceType": "Condition",
        "id": "c1",
        "clinicalStatus": {"coding": [{"code": "active"}]},
        "verificationStatus": {"coding": [{"code": "confirmed"}]},
        "code": coded("http://snomed.info/sct", "38341003", "Hypertension"),
        "subject": ABOUT,
        "onsetDateTime": "2005-07-29T20:37:06+00:00",
        **changes,
    }


def medication(**changes: Any) -> dict[str, Any]:
    """An active order for fluoxetine of 17 January 2020."""
    return {
        "resourceType": "MedicationRequest",
        "id": "m1",
        "status": "active",
        "intent": "order",
        "medicationCodeableConcept": coded(
            "http://www.nlm.nih.gov/research/umls/rxnorm", "310385", "Fluoxetine 20 MG"
        ),
        "subject": ABOUT,
        "authoredOn": "2020-01-17",
        **changes,
    }


def observation(loinc: str, value: str | None, unit: str = "", **changes: Any) -> dict[str, Any]:
    """A finished observation; `value` is a number as it stands in the file."""
    quantity = {"value": Raw(value), "system": UCUM, "code": unit, "unit": unit}
    return {
        "resourceType": "Observation",
        "id": "o1",
        "status": "final",
        "code": coded("http://loinc.org", loinc, "an observation"),
        "subject": ABOUT,
        "effectiveDateTime": "2026-11-20T09:30:00+01:00",
        **({"valueQuantity": quantity} if value is not None else {}),
        **changes,
    }


def pressure(systolic: str, diastolic: str, unit: str = "mm[Hg]", **changes: Any) -> dict[str, Any]:
    """A blood pressure panel."""
    parts = [("8480-6", systolic), ("8462-4", diastolic)]
    components = [
        {
            "code": coded("http://loinc.org", code, "pressure"),
            "valueQuantity": {"value": Raw(value), "system": UCUM, "code": unit},
        }
        for code, value in parts
    ]
    return observation("85354-9", None, component=components, **changes)


def coded(system: str, code: str, text: str) -> dict[str, Any]:
    """A codeable concept with one coding."""
    return {"coding": [{"system": system, "code": code, "display": text}], "text": text}


def bundle(*resources: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """A bundle of the patient and these resources; `changes` replace fields of the patient."""
    patient = {"fullUrl": PATIENT_URL, "resource": {**deepcopy(PATIENT), **changes}}
    others = [
        {"fullUrl": f"urn:uuid:other-{number}", "resource": resource}
        for number, resource in enumerate(resources, start=1)
    ]
    return {"resourceType": "Bundle", "type": "collection", "entry": [patient, *others]}


class Raw(str):
    """A number exactly as it is to stand in the JSON text."""


def text(data: Any) -> str:
    """The JSON text, with every Raw written as it is."""
    return _unquoted(json.dumps(_marked(data)))


def _marked(data: Any) -> Any:
    if isinstance(data, Raw):
        return f"\x1a{data}\x1a"
    if isinstance(data, dict):
        return {key: _marked(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_marked(value) for value in data]
    return data


def _unquoted(written: str) -> str:
    return written.replace('"\\u001a', "").replace('\\u001a"', "")
