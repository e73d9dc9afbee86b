"""Files that are not imported: the sentence names the place, and nothing is stored.

What cannot be read within one resource is that resource's own matter: test_import_unread.py.
"""

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
    "resource",
    [
        {"resourceType": "claim"},
        {"resourceType": "Claim\u202e"},
        {"id": "x"},
        {"resourceType": 7},
    ],
)
def test_an_entry_that_does_not_say_what_it_is_refuses_the_file(resource: dict[str, Any]) -> None:
    assert "entry 2, resourceType: " in refusal_of(resource)


def test_a_field_given_twice_is_refused_where_it_stands() -> None:
    raw = text(bundle(condition())).replace('"id": "c1"', '"id": "c1", "id": "c2"')
    assert "entry 2: a field stands here twice" in refusal(raw.encode())


def test_a_refusal_repeats_nothing_of_what_the_file_says() -> None:
    told = [
        refusal_of(condition(subject={"reference": "Patient/secret"})),
        refusal_of(**{"secret name of a field \x00": 1}),
        refusal_of(name=[{"family": "secret\u202e"}]),
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
