"""Entries as charts write them: the rules that have to find something in them, and those not."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from mooring.core.protocols.screening import CodedFact, Record, evaluate, load_policy
from mooring.core.protocols.value_sets import SYSTEMS
from tests.support.chart_lines import Labelled, asked, read_labelled, wrong

DATA = Path(__file__).parents[3] / "data" / "chart_lines"
POLICY = load_policy("iv_ketamine")
SYSTEM = {"SNOMED CT": SYSTEMS["snomed"], "ICD-10-CM": SYSTEMS["icd10cm"], "": None}
LISTS = {"condition": "conditions", "medication": "medications", "allergy": "allergies"}


def charts() -> dict[str, list[dict[str, str]]]:
    """The rows of each chart."""
    found: dict[str, list[dict[str, str]]] = {}
    with (DATA / "cases.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            found.setdefault(row["id"], []).append(row)
    return found


def record(rows: list[dict[str, str]]) -> Record:
    facts: dict[str, list[CodedFact]] = {name: [] for name in LISTS.values()}
    for row in rows:
        fact = CodedFact(SYSTEM[row["system"]], row["code"] or None, row["text"], row["status"])
        facts[LISTS[row["kind"]]].append(fact)
    lists = {name: tuple(found) for name, found in facts.items()}
    return Record(date(2026, 12, 1), None, None, **lists)


@pytest.mark.parametrize("chart", charts())
def test_a_chart_makes_its_rules_speak_and_no_others(chart: str) -> None:
    rows = charts()[chart]
    spoke = {
        finding.rule
        for finding in evaluate(POLICY, record(rows)).findings
        if any(trigger.source in LISTS for trigger in finding.triggers)
    }
    for row in rows:
        assert set(row["must_speak"].split()) <= spoke
        assert not set(row["must_not_speak"].split()) & spoke


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("Suicide risk", True),
        ("At risk for suicide", True),
        ("Low acute suicide risk", False),
        ("Suicide risk assessment done", False),
        ("Stroke risk", False),
    ],
)
def test_a_risk_of_suicide_speaks_and_a_low_one_or_another_risk_does_not(
    text: str, speaks: bool
) -> None:
    conditions = (CodedFact(None, None, text, "active"),)
    record = Record(date(2026, 12, 1), None, None, conditions)
    findings = evaluate(POLICY, record).findings
    assert any(each.triggers[0].source == "condition" for each in findings) == speaks


def test_there_are_sixty_four_charts_in_sixty_six_rows() -> None:
    assert len(charts()) == 64
    assert sum(map(len, charts().values())) == 66


def shares(lines: list[Labelled]) -> tuple[float, float]:
    """Per cent of what is asserted that is missed, and of what is found that is false."""
    found = list(wrong(lines))
    missed = sum(one.missed for one in found)
    asserted = sum(len(line.asserts & asked(line)) for line in lines)
    false = len(found) - missed
    return 100 * missed / asserted, 100 * false / (asserted - missed + false)


@pytest.mark.parametrize(
    ("file", "count", "most_missed", "most_false"),
    [("psychiatric.tsv", 299, 2, 2), ("psychiatric_second.tsv", 278, 16, 6)],
)
def test_lines_of_a_psychiatric_clinic_are_read_as_people_labelled_them(
    file: str, count: int, most_missed: float, most_false: float
) -> None:
    """Labelled without a look at the program. The second are stories, told without their words."""
    lines = read_labelled(DATA / file)
    assert len(lines) == count
    missed, false = shares(lines)
    assert missed <= most_missed
    assert false <= most_false


@pytest.mark.parametrize(
    ("text", "speaks"),
    [
        ("BPAD 1, currently manic - grandiose, spent 14k on a boat", {"bipolar", "mania-active"}),
        ("Mother manic", set()),
        ("F20.9 - stable on depot", {"psychosis-history"}),
        ("F20.9 ruled out", set()),
        ("Not currently suicidal, psychotic, manic or in withdrawal", set()),
        ("Brother died by suicide 2020", set()),
        ("mania: none ever", set()),
        ("Nonrheumatic mitral (valve) stenosis", {"heart-disease"}),
        ("pulm HTN, group 1", {"heart-disease"}),
        ("CUD severe", {"substance-use-record"}),
        ("husb w/ bipolar, drinks", set()),
        ("HTN urgency in clinic 204/118", {"hypertension-uncontrolled", "hypertension"}),
    ],
)
def test_what_a_second_reading_found_is_read(text: str, speaks: set[str]) -> None:
    """ "grand" in "grandiose" was taken for a relative, and the mania for the relative's."""
    fact = CodedFact(None, None, text, "active")
    found = evaluate(POLICY, Record(date(2026, 12, 1), None, None, (fact,))).findings
    assert {each.rule for each in found if each.triggers[0].source == "condition"} == speaks


def test_the_public_labels_come_without_their_sentences() -> None:
    """The sentences belong to their sources; docs/chart-lines.md says how to fetch them."""
    with pytest.raises(ValueError, match="labels without sentences"):
        read_labelled(DATA / "public.tsv")
