"""Files that are not imported: the sentence names the place, and nothing is stored."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied

from mooring.clinic.actions import Actor
from mooring.clinic.permissions import Role
from mooring.clinic.rows import Row
from mooring.exchange.fhir import parsing
from mooring.exchange.fhir.importing import import_bytes, import_file, import_text
from mooring.exchange.fhir.unfit import ImportRefusedError
from tests.exchange.bundles import (
    NOW,
    bundle,
    condition,
    importer,
    medication,
    observation,
    pressure,
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


NESTED = "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (b" \n", "it is empty"),
        (b"\xff\xfe{", "UTF-8"),
        (b"PK\x03\x04", "line 1, column 1"),
        (b"<html></html>", "line 1, column 1"),
        (b'{"resourceType": "Bundle",\n "type" "collection"}', "line 2, column 9"),
        (b'{"resourceType": "Bundle"', "line 1"),
        (b'{"a": "\x00"}', "line 1, column 8"),
        (b"[]", "an object is needed"),
        (b"null", "an object is needed"),
        (b'"text"', "an object is needed"),
        (b"NaN", "finite number"),
        (b"{}", "a FHIR R4 Bundle is needed"),
        (b'{"resourceType": "Patient"}', "a FHIR R4 Bundle is needed"),
        (b'{"resourceType": "Bundle", "resourceType": "Bundle"}', "stands here twice"),
        (b'{"resourceType": "Bundle", "type": "message"}', "type: one of transaction"),
        (b'{"resourceType": "Bundle", "type": ["batch"]}', "type: text is needed"),
        (b'{"resourceType": "Bundle", "type": "batch"}', "entry: a list of entries"),
        (b'{"resourceType": "Bundle", "type": "batch", "entry": {}}', "a list of entries"),
        (b'{"resourceType": "Bundle", "type": "batch", "entry": [[]]}', "entry 1: an object"),
        (b'{"resourceType": "Bundle", "type": "batch", "entry": [{}]}', "a resource is needed"),
        (NESTED.encode(), "nested too deeply"),
    ],
)
def test_a_file_that_is_no_bundle_is_refused_with_its_place(content: bytes, words: str) -> None:
    message = refusal(content)
    assert message.startswith("Ada.json: ")
    assert words in message


def test_a_file_over_50_mb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(parsing.LARGEST + 1)
    with pytest.raises(ImportRefusedError, match=r"large\.json: .*larger than 50 MB"):
        import_file(large, importer(), NOW)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefusedError, match=r"none\.json: .*cannot be opened"):
        import_file(tmp_path / "none.json", importer(), NOW)
    with pytest.raises(ImportRefusedError, match="cannot be opened"):
        import_file(tmp_path, importer(), NOW)


@pytest.mark.parametrize(
    ("resource", "place"),
    [
        (condition(onsetDateTime="2005-02-30"), "entry 2 (Condition), onsetDateTime: "),
        (condition(onsetDateTime="29.07.2005"), "entry 2 (Condition), onsetDateTime: "),
        (condition(onsetDateTime="2005-07-29T20:37"), "entry 2 (Condition), onsetDateTime: "),
        (condition(onsetDateTime="2005-07-29T20:37:06"), "entry 2 (Condition), onsetDateTime: "),
        (condition(onsetDateTime="0001-01-01T00:00:00+14:00"), "onsetDateTime: "),
        (condition(onsetDateTime="9999-12-31T23:59:59-14:00"), "onsetDateTime: "),
        (condition(onsetDateTime="٢٠٠٥-٠٧-٢٩"), "onsetDateTime: "),
        (condition(onsetDateTime=2005), "onsetDateTime: text is needed"),
        (condition(onsetDateTime="2020-01-01T24:00:00Z"), "onsetDateTime: "),
        (condition(code="Hypertension"), "entry 2 (Condition), code: an object"),
        (condition(code={"coding": {}}), "entry 2 (Condition), code.coding: a list"),
        (condition(code={"coding": ["x"]}), "entry 2 (Condition), code.coding[0]: an object"),
        (condition(code={"text": "x" * 501}), "code.text: at most 500"),
        (condition(code={"coding": [{"code": "1" * 65}]}), "code.coding[0].code: at most 64"),
        (condition(code={"text": "a\x00b"}), "code.text: text without control"),
        (condition(code={"text": "a\u202eb"}), "code.text: text without control"),
        (condition(code={"text": "a\u2066b"}), "code.text: text without control"),
        (condition(note=[{"text": "\ud800"}]), "note[0].text: text without control"),
        (condition(note=[{"text": "x" * 1_000_001}]), "note[0].text: text of at most"),
        (condition(**{"bad\x07name": 1}), "text without control"),
        (medication(status=7), "entry 2 (MedicationRequest), status: text"),
        (medication(doNotPerform="no"), "doNotPerform: true or false"),
        (medication(authoredOn=""), "authoredOn: text is needed"),
        (
            observation("29463-7", "70", "kg", valueQuantity={"value": "70"}),
            "entry 2 (Observation), valueQuantity.value: a number",
        ),
        (observation("29463-7", "NaN", "kg"), "valueQuantity.value: a finite number"),
        (observation("29463-7", "-Infinity", "kg"), "valueQuantity.value: a finite number"),
        (observation("29463-7", "1e999999999", "kg"), "valueQuantity.value: a number of"),
        (observation("29463-7", "1" * 5000, "kg"), "valueQuantity.value: a number of"),
        (observation("29463-7", "true", "kg"), "valueQuantity.value: a number"),
        (pressure("{}", "80"), "component[0].valueQuantity.value: a number"),
        ({"resourceType": "claim"}, "resourceType: the name of a FHIR resource"),
        ({"id": "x"}, "resourceType: the name of a FHIR resource"),
    ],
)
def test_a_field_that_cannot_stand_is_named_with_its_entry(
    resource: dict[str, Any], place: str
) -> None:
    assert place in refusal_of(resource)


def test_a_field_given_twice_is_refused_where_it_stands() -> None:
    raw = text(bundle(condition())).replace('"id": "c1"', '"id": "c1", "id": "c2"')
    assert "entry 2: a field stands here twice" in refusal(raw.encode())


def test_deep_nesting_within_an_entry_is_refused_with_the_entry() -> None:
    deep: Any = "x"
    for _ in range(70):
        deep = {"extension": [deep]}
    assert "entry 2 (Condition): it is nested too deeply" in refusal_of(condition(extra=deep))


def test_a_refusal_repeats_nothing_of_what_the_file_says() -> None:
    told = [
        refusal_of(condition(onsetDateTime="secret-date")),
        refusal_of(condition(code={"coding": [{"code": "secret-" + "1" * 65}]})),
        refusal_of(condition(**{"secret name of a field \x00": 1})),
        refusal_of(condition(subject={"reference": "Patient/secret"})),
        refusal_of(gender="secret"),
        refusal_of({"resourceType": "secret resource"}),
    ]
    assert not [message for message in told if "secret" in message or "Quill" in message]


@pytest.mark.parametrize("name", ["", " ", "a\u202egpj.json", "a\x00.json", "a\nb.json", "../"])
def test_a_file_name_that_could_mislead_is_refused(name: str) -> None:
    with pytest.raises(ImportRefusedError, match="file's name"):
        import_text(text(bundle()), name, importer(), NOW)


@pytest.mark.parametrize("role", [None, Role.THERAPIST, Role.AUDITOR, Role.RESEARCHER])
def test_who_may_not_import_is_told_so_before_the_file_is_looked_at(role: Role | None) -> None:
    by = Actor(name="someone", roles=frozenset({role} if role else ()))
    with pytest.raises(PermissionDenied):
        import_text("not even JSON", "a.json", by, NOW)
