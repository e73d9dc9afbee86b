"""Nothing that the founding documents say is left lying about, and nothing is said to be done."""

from pathlib import Path

import pytest

from mooring.core import evidence
from mooring.core.datafiles import DataFileError
from mooring.core.evidence import coverage as module
from mooring.core.evidence.coverage import Asks, By, coverage, statements, systems
from mooring.core.evidence.coverage_page import page

BASE = evidence.load()
FOUND = coverage(BASE)


def test_there_are_275_statements_each_once() -> None:
    lines = module.STATEMENTS.read_text(encoding="utf-8").splitlines()[1:]
    assert len(lines) == len(statements()) == 275


def test_every_statement_disagreement_and_correction_is_on_record() -> None:
    assert FOUND.whole
    assert len(FOUND.carriers) == 275
    assert {"D01", "D44"} <= set(BASE.disagreements)
    assert {"E01", "E16"} <= set(BASE.corrections)


def test_each_statement_is_counted_once() -> None:
    assert sum(FOUND.count(by) for by in (*By, None)) == 275


@pytest.mark.parametrize(
    ("statement", "by"),
    [
        ("S4.32", By.RULE),
        ("S2.44", By.RULE),
        ("S4.60", By.SCREEN),
        ("S2.83", By.PASSAGE),
        ("S3.08", By.PASSAGE),
        ("S4.05", None),
    ],
)
def test_what_holds_a_statement_most_is_said(statement: str, by: By | None) -> None:
    """Pregnancy blocks; touch is asked for; six months and diversion are told, not done."""
    assert FOUND.first(statement) is by


def test_what_carries_a_statement_stands_from_rule_to_passage() -> None:
    assert [one.by for one in FOUND.carriers["S4.69"]][:2] == [By.RULE, By.PASSAGE]


def test_every_correction_names_a_check_or_says_why_a_person_is_needed() -> None:
    for correction in BASE.corrections.values():
        assert bool(correction.found_by) != bool(correction.needs_human), correction.id


def flagged(mark: str) -> set[str]:
    """The statements with that mark in the inventory; ! is harmful if taken as a rule."""
    lines = module.STATEMENTS.read_text(encoding="utf-8").splitlines()[1:]
    return {line.split(",")[0] for line in lines if mark in line.split(",")[3]}


@pytest.mark.parametrize("statement", sorted(flagged("!")))
def test_a_dangerous_statement_is_excluded_with_a_reason_and_no_rule_carries_it(
    statement: str,
) -> None:
    assert BASE.claim(statement).excluded
    assert FOUND.first(statement) is By.PASSAGE


def test_the_twenty_five_systems_are_all_there() -> None:
    assert len(systems()) == len({system.id for system in systems()}) == 25


def test_a_range_of_statements_is_spread_out() -> None:
    screening = next(one for one in systems() if one.id == "screening")
    assert {"S4.28", "S4.31", "S4.34", "S5.11", "S5.25"} <= set(screening.placed)


@pytest.mark.parametrize(
    ("kind", "lacks", "told"),
    [
        ("claims", "S4.28", "without_claim"),
        ("disagreements", "D17", "missing_disagreements"),
        ("corrections", "E01", "missing_corrections"),
    ],
)
def test_what_is_not_on_record_is_named(kind: str, lacks: str, told: str) -> None:
    held = {name: dict(getattr(BASE, name)) for name in vars(BASE) if name != "version"}
    del held[kind][lacks]
    short = coverage(evidence.EvidenceBase(BASE.version, **held))
    assert getattr(short, told) == (lacks,)
    assert not short.whole


RULE = """
[[systems]]
id = "x"
title = "X"
statements = []
waits = ""
[[systems.carries]]
by = "rule"
statements = ["S4.32"]
says = "Pregnancy blocks."
shown_by = ["tests/a.py::test_b"]
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("statements = []", 'statements = ["S9.99"]', r"'x' › statements: there is no 'S9\.99'"),
        ('["S4.32"]', '["S9.98"]', r"'x' › statements: there is no 'S9\.98'"),
        ('["S4.32"]', '["S2.83"]', r"'x' › carries: no rule cites 'S2\.83'"),
        ('"rule"', '"handbook passage"', r"'x' › carries: passages are found in the handbook"),
        ('"rule"', '"workflow"', r"by: Input should be 'rule', 'screen' or 'handbook passage'"),
        ('["tests/a.py::test_b"]', "[]", r"shown_by: Tuple should have at least 1 item"),
        ("tests/a.py::test_b", "seen by hand", r"shown_by.*String should match"),
        (RULE, RULE + RULE, r"data/systems\.toml: 'x' › id: stands twice"),
        (
            "statements = []",
            'statements = ["S4.28-99999999999"]',
            r"there is no 'S4\.28-99999999999'",
        ),
    ],
)
def test_what_is_said_to_carry_without_what_shows_it_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, says: str
) -> None:
    file = tmp_path / "systems.toml"
    file.write_text(RULE, encoding="utf-8")
    monkeypatch.setattr(module, "SYSTEMS", file)
    assert [one.id for one in systems()] == ["x"]
    assert old in RULE
    file.write_text(RULE.replace(old, new), encoding="utf-8")
    with pytest.raises(DataFileError, match=says):
        systems()


def test_the_page_says_of_each_statement_what_carries_it() -> None:
    told = page(BASE, FOUND)
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in told.splitlines()}
    assert set(FOUND.carriers) <= set(rows)
    assert "`test_rules_fire_as_the_case_says`" in rows["S2.44"]
    assert "| nothing |" in rows["S4.05"]
    assert "kept out of every rule" in rows["S2.75"]
    assert [kind.in_words for kind in Asks] == ["ways of working", "rules", "numbers",
                                                "other claims"]  # fmt: skip
