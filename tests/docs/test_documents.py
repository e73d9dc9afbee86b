"""The documents say what is so: this fails when they fall behind."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from click import Context

from mooring.cli import main
from mooring.clinic import settings
from mooring.core.outcomes import DEFINITIONS

ROOT = Path(__file__).parents[2]


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", main.list_commands(Context(main)))
def test_the_readme_names_every_command(name):
    assert f"mooring {name}" in text("README.md")


def test_every_part_stands_on_the_licences_page():
    locked = set(re.findall(r"^([a-z0-9._-]+)==", text("requirements/run.txt"), re.M))
    listed = set(re.findall(r"^\| ([a-z0-9._@/-]+) \|", text("docs/licences.md"), re.M)) - {"part"}
    assert locked <= listed


def test_no_part_is_under_a_licence_that_would_bind_the_whole():
    lines = [line for line in text("docs/licences.md").splitlines() if line.startswith("| ")]
    bound = [line for line in lines if re.search(r"(?<!L)GPL", line)]
    assert bound == []
    assert "not stated" not in text("docs/licences.md")


def test_every_dependency_says_why_it_is_there():
    project = tomllib.loads(text("pyproject.toml"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    lines = text("pyproject.toml").splitlines()
    above = {after.strip(' ",'): line for line, after in pairwise(lines)}
    unexplained = [
        name for group in groups for name in group if not above[name].strip().startswith("# ")
    ]
    assert unexplained == []


def test_every_environment_variable_is_documented():
    code = "\n".join(path.read_text() for path in (ROOT / "mooring").rglob("*.py"))
    used = set(re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", code)) - {"DJANGO_SETTINGS_MODULE"}
    assert used
    assert [name for name in sorted(used) if name not in text("docs/settings.md")] == []


def test_no_document_names_a_decision_twice():
    numbers = [path.name[:4] for path in (ROOT / "docs/decisions").glob("*.md")]
    assert len(numbers) == len(set(numbers))
    missing = {f"{n:04d}" for n in range(1, int(max(numbers)) + 1)} - set(numbers)
    assert missing == set()


@pytest.mark.parametrize("link", re.findall(r"\]\(((?!http)[^)#]+)\)", text("README.md")))
def test_links_of_the_readme_lead_somewhere(link):
    assert (ROOT / link).exists()


@pytest.mark.parametrize("name", sorted(DEFINITIONS))
def test_outcome_definitions_are_named_as_the_glossary_says(name):
    assert re.fullmatch(r"(response|remission)\.[a-z0-9]+\.[a-z0-9]+", name)


def test_the_lock_files_name_no_registry():
    for name in ("requirements/run.txt", "requirements/test.txt"):
        assert "://" not in text(name)
    assert '"resolved"' not in text("frontend/package-lock.json")


def test_settings_refuse_debug():
    assert settings.DEBUG is False
