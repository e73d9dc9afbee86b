"""What Mooring says that it does is shown by a test that is there."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from mooring.core import evidence, handbook
from mooring.core.evidence.coverage import IN_CHAPTER, systems
from mooring.core.handbook import functions
from mooring.core.shown import Shown

ROOT = Path(__file__).parents[2]
TOLD = functions.load()
STANDING = set(functions.every_sentence(handbook.load()))


@cache
def functions_in(path: str) -> frozenset[str]:
    """The test functions of a file, read without running it; none where there is no file."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    parsed = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(one.name for one in parsed.body if isinstance(one, ast.FunctionDef))


def missing(tests: tuple[str, ...]) -> list[str]:
    """Which of these tests are not there."""
    parted = ((test, *test.split("::")) for test in tests)
    return [test for test, path, name in parted if name not in functions_in(path)]


def said() -> Iterator[object]:
    """Every sentence on what Mooring does, with where it stands."""
    for name, disagreement in evidence.load().disagreements.items():
        for place, one in enumerate(disagreement.software_does, start=1):
            yield pytest.param(one, id=f"{name} {place}")
    for place, told in enumerate(TOLD, start=1):
        yield pytest.param(told, id=f"{told.passage} {place}")
    for system in systems():
        for place, one in enumerate(system.carries, start=1):
            yield pytest.param(one, id=f"{system.id} {place}")


@pytest.mark.parametrize("one", list(said()))
def test_each_sentence_names_tests_that_are_there(one: Shown) -> None:
    assert missing(one.shown_by) == []
    assert one.says.endswith(".")


def test_no_sentence_of_the_handbook_speaks_of_the_program_without_a_test() -> None:
    named = {(told.passage, told.says) for told in TOLD}
    assert [one for one in functions.spoken(handbook.load()) if one not in named] == []


@pytest.mark.parametrize("told", TOLD, ids=lambda told: told.passage)
def test_a_sentence_that_names_its_test_stands_in_its_passage(told: functions.Told) -> None:
    assert (told.passage, told.says) in STANDING


@pytest.mark.parametrize(
    "says",
    [
        "Mooring shows rule hits and what would clear each.",
        "The program therefore asks for a review date.",
        "The software converts no dose.",
        "The bladder is asked about again.",
        "A result is recorded and decides nothing.",
    ],
)
def test_a_sentence_on_the_program_is_told_from_others(says: str) -> None:
    assert functions.SPEAKS.search(says)
    assert not functions.SPEAKS.search("One program is on record; the sources differ on it.")


def test_what_shows_every_passage_is_there() -> None:
    assert missing((IN_CHAPTER,)) == []


def test_a_test_that_is_not_there_is_found() -> None:
    here = "tests/docs/test_said_and_shown.py::"
    gone = (f"{here}test_nothing", "tests/docs/test_no_file.py::test_x")
    assert missing((f"{here}test_a_test_that_is_not_there_is_found", *gone)) == list(gone)
