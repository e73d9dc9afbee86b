"""A decision holds for the findings it was signed on: what is new since then, and what is not."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mooring.core.protocols.screening import (
    Answer,
    CodedFact,
    Measurement,
    Record,
    evaluate,
    load_policy,
    looked_at,
    new_since,
)
from mooring.core.protocols.screening.cases import load_cases

POLICY = load_policy("iv_ketamine", version="1")
TABLE = load_cases("iv_ketamine", version="1")
CLEAN = TABLE.record(TABLE.cases[0])
BY_HAND = "entered by hand by B. Okafor"


def kept(record: Record) -> list[dict]:
    """The findings as a decision keeps them, as JSON."""
    return [
        {
            "rule": finding.rule,
            "tier": finding.tier.value,
            "triggers": [
                {"source": t.source, "text": t.text, "origin": t.origin} for t in finding.triggers
            ],
        }
        for finding in evaluate(POLICY, record).findings
    ]


def as_kept_before_origins(record: Record) -> list[dict]:
    """The findings as builds before this one kept them: the origin stands in the text alone."""
    rows = kept(record)
    for row in rows:
        row["triggers"] = [{"source": t["source"], "text": t["text"]} for t in row["triggers"]]
    return rows


def new(decided_on: list[dict], now: Record) -> dict[str, list[str]]:
    """What is new: by rule, the facts that are."""
    found = new_since(looked_at(decided_on), evaluate(POLICY, now), POLICY)
    return {each.finding.rule: [t.fact for t in each.triggers] for each in found}


def fact(text: str, status: str = "active", origin: str = BY_HAND) -> CodedFact:
    return CodedFact(None, None, text, status, origin=origin)


def pressure(systolic: str) -> tuple[Measurement, ...]:
    day = date(2026, 2, 28)
    return (
        Measurement("systolic", Decimal(systolic), "mmHg", day, BY_HAND),
        Measurement("diastolic", Decimal(80), "mmHg", day, BY_HAND),
        *(each for each in CLEAN.measurements if each.code == "weight"),
    )


def answered(record: Record, question: str, value: str, detail: str = "") -> Record:
    given = Answer(question, value, detail, record.as_of)
    return replace(record, answers={**record.answers, question: given})


def test_an_unchanged_chart_has_nothing_new() -> None:
    chart = replace(CLEAN, conditions=(fact("Schizophrenia", "resolved"),))
    assert new(kept(chart), chart) == {}


def test_a_rule_that_did_not_speak_then_is_new() -> None:
    allergic = replace(CLEAN, allergies=(fact("Ketamine"),))
    assert new(kept(CLEAN), allergic) == {"ketamine-allergy": ["Ketamine, active"]}


def test_another_fact_under_a_rule_that_spoke_is_new_and_the_known_one_is_not_named() -> None:
    then = replace(CLEAN, conditions=(fact("Schizophrenia", "resolved"),))
    now = replace(then, conditions=(*then.conditions, fact("Delusional disorder")))
    assert new(kept(then), now)["psychosis-history"] == ["Delusional disorder, active"]


def test_a_fact_that_became_current_again_is_new() -> None:
    then = replace(CLEAN, conditions=(fact("Stroke", "resolved"),))
    now = replace(CLEAN, conditions=(fact("Stroke", "active"),))
    assert new(kept(then), now) == {"stroke": ["Stroke, active"]}


def test_the_same_fact_from_a_second_source_is_not_new() -> None:
    then = replace(CLEAN, conditions=(fact("Stroke", "resolved"),))
    now = replace(CLEAN, conditions=(*then.conditions, fact("Stroke", "resolved", "import x.json")))
    assert new(kept(then), now) == {}


def test_a_fact_that_is_gone_needs_no_second_look() -> None:
    then = replace(CLEAN, conditions=(fact("Stroke"),))
    assert new(kept(then), CLEAN) == {}


@pytest.mark.parametrize(("now", "is_new"), [("146", False), ("148", False), ("148.1", True)])
def test_a_number_is_new_once_it_lies_beyond_the_one_that_was_looked_at(
    now: str, is_new: bool
) -> None:
    then = replace(CLEAN, measurements=pressure("148"))
    assert bool(new(kept(then), replace(CLEAN, measurements=pressure(now)))) is is_new


def test_a_number_of_another_kind_covers_nothing() -> None:
    then = replace(CLEAN, measurements=pressure("148"))
    day = date(2026, 2, 28)
    both = (*pressure("148"), Measurement("diastolic", Decimal(95), "mmHg", day, BY_HAND))
    found = new(kept(then), replace(CLEAN, measurements=both))
    assert found == {"blood-pressure-high": ["Diastolic 95 mmHg on 28 Feb 2026"]}


def test_where_a_rule_speaks_of_numbers_that_are_too_low_a_lower_one_is_new() -> None:
    rule = POLICY.rule("blood-pressure-high")
    limit = rule.when[0].limit.model_copy(update={"value": Decimal(100)})
    low = rule.when[0].model_copy(update={"comparator": "at_most", "limit": limit})
    policy = POLICY.model_copy(update={"rules": (rule.model_copy(update={"when": (low,)}),)})

    def shown(systolic: str):
        return evaluate(policy, replace(CLEAN, measurements=pressure(systolic)))

    snapshot = [
        {
            "rule": each.rule,
            "tier": each.tier,
            "triggers": [{"source": t.source, "text": t.text} for t in each.triggers],
        }
        for each in shown("95").findings
    ]
    assert new_since(looked_at(snapshot), shown("96"), policy) == ()
    assert len(new_since(looked_at(snapshot), shown("94"), policy)) == 1


def test_a_finding_that_weighs_heavier_than_it_did_is_new() -> None:
    then = answered(CLEAN, "hypertension", "treated")
    rows = [{**row, "tier": "caution"} for row in kept(then)]
    assert list(new(rows, then)) == ["hypertension"]


def test_what_was_missing_then_and_speaks_now_is_new() -> None:
    now = answered(CLEAN, "hypertension", "treated")
    rows = [{**row, "tier": "missing"} for row in kept(now)]
    assert list(new(rows, now)) == ["hypertension"]


def test_another_word_beside_an_answer_is_new() -> None:
    then = answered(CLEAN, "psychosis", "past", "once, 2004")
    now = answered(CLEAN, "psychosis", "past", "again in 2025")
    assert list(new(kept(then), now)) == ["psychosis-history"]


def test_what_is_missing_now_is_not_new_it_is_asked() -> None:
    assert new(kept(CLEAN), replace(CLEAN, answers={})) == {}


@pytest.mark.parametrize("origin", [BY_HAND, "import chart (1).json", ""])
def test_a_decision_of_an_older_build_is_read_without_its_origins(origin: str) -> None:
    then = replace(CLEAN, conditions=(fact("Stroke (disorder)", origin=origin),))
    assert new(as_kept_before_origins(then), then) == {}
    now = replace(then, allergies=(fact("Ketamine"),))
    assert list(new(as_kept_before_origins(then), now)) == ["ketamine-allergy"]


def test_an_older_text_whose_bracket_never_opens_is_taken_as_it_stands() -> None:
    row = {
        "rule": "stroke",
        "tier": "evaluate",
        "triggers": [{"source": "condition", "text": "Stroke)"}],
    }
    (looked,) = looked_at([row])
    assert looked.triggers[0].fact == "Stroke)"
