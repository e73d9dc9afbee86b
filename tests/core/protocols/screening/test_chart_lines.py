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


def test_lines_of_a_psychiatric_clinic_are_read_as_people_labelled_them() -> None:
    """Labelled without a look at the program. What is read otherwise is known."""
    lines = read_labelled(DATA / "psychiatric.tsv")
    assert len(lines) == 299
    missed, false = shares(lines)
    assert missed <= 2
    assert false <= 2


def test_the_public_labels_come_without_their_sentences() -> None:
    """The sentences belong to their sources; docs/chart-lines.md says how to fetch them."""
    with pytest.raises(ValueError, match="labels without sentences"):
        read_labelled(DATA / "public.tsv")
