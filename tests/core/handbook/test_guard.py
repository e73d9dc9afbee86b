"""What patients may be told and what not: the tables of phrasings are the specification."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from mooring.core.datafiles import DataFileError
from mooring.core.handbook import guard
from mooring.core.handbook.guard import fit_as_evidence, refusals
from mooring.core.handbook.guard.rules import Rules


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))


FIRST, LATER = table("phrasings.toml"), table("phrasings_later.toml")
REFUSED = [(entry["kind"], text) for entry in FIRST["refused"] for text in entry["texts"]]
REFUSED_LATER = [text for entry in LATER["refused"] for text in entry["texts"]]
HARMLESS = [text for one in (FIRST, LATER) for entry in one["harmless"] for text in entry["texts"]]
LEFT_OUT = {"skip", "stop"}
"""Two names for one thing: a medicine is not taken as it was planned."""


@pytest.mark.parametrize(("kind", "text"), REFUSED, ids=[text for _, text in REFUSED])
def test_what_patients_must_not_be_told_is_refused(kind: str, text: str) -> None:
    found = {one.rule for one in refusals(text)}
    assert found & (LEFT_OUT if kind in LEFT_OUT else {kind})


@pytest.mark.parametrize("text", REFUSED_LATER)
def test_phrasings_that_came_later_are_refused(text: str) -> None:
    assert refusals(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_may_be_told_passes(text: str) -> None:
    assert refusals(text) == ()


def test_a_refusal_says_the_words_and_what_would_be_right() -> None:
    (one,) = refusals("It is an old drug. You can drive home after two hours. Rest then.")
    assert one.sentence == "You can drive home after two hours."
    assert one.words == "You can drive"
    assert str(one) == (
        "say when not to drive and who takes them home; never that driving is fine: “You can drive”"
    )


@pytest.mark.parametrize(
    "text",
    [
        "30&nbsp;mg is usual.",
        "3**0 m**g is usual.",
        "[30 mg](https://example.org) is usual.",
        "30 {S2.41} mg is usual.",
        "3\u200b0 m\u00adg is usual.",
        "\uff13\uff10 \uff4d\uff47 is usual.",
        "# 30 mg",
        "- 30 mg",
        "`30 mg`",
        "    30 mg\n",
        "```\n30 mg\n```",
        "30\nmg is usual.",
        "30  \nmg is usual.",
        "| 30 | mg |\n|---|---|\n| a | b |",
    ],
)
def test_a_text_is_judged_as_it_is_read_and_not_as_it_is_typed(text: str) -> None:
    assert [one.rule for one in refusals(text)] == ["amount"]


def test_what_stands_apart_is_not_read_together() -> None:
    assert refusals("There were 30\n\nmg is a unit.") == ()


@pytest.mark.parametrize(
    ("text", "fit"),
    [
        ("In the trial people got 30 mg.", False),
        ("132 people a day die by suicide.", False),
        ("Both are kept away from during treatment: alcohol and benzodiazepines.", True),
        ("62.8 % of those who finished responded.", True),
    ],
)
def test_what_a_source_says_is_held_to_what_is_harmful_whoever_says_it(
    text: str, fit: bool
) -> None:
    assert fit_as_evidence("Harmless.", text) is fit


def test_every_rule_says_what_would_be_right_and_is_held_by_a_phrasing() -> None:
    kinds = {kind for kind, _ in REFUSED}
    shipped = guard.rules.rules()
    assert {one.rule.id for one in shipped} <= kinds
    assert all(one.rule.right for one in shipped)


@pytest.mark.parametrize("pattern", ["(", "{nobody} knows"])
def test_a_pattern_that_is_none_is_named(pattern: str) -> None:
    broken = Rules.model_validate(
        {"words": {}, "rules": [{"id": "x", "right": "y", "patterns": [pattern]}]}
    )
    with pytest.raises(DataFileError, match=r"guard/rules\.toml"):
        _ = broken.compiled
