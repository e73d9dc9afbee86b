"""A policy takes over the rules of another by version, and replaces or leaves out what differs."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mooring.core.datafiles import DataFileError
from mooring.core.protocols.screening import (
    CodedFact,
    Policy,
    Statement,
    Tier,
    evaluate,
    load_policy,
    policies,
    taking,
)
from mooring.core.protocols.screening import policy as shipped
from mooring.core.protocols.screening.cases import load_cases

SECOND = load_policy("iv_ketamine", version="2")
TABLE = load_cases("iv_ketamine", version="2")
CLEAN = TABLE.record(TABLE.cases[0])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("iv_ketamine", "chronic_pain"):
        shutil.copytree(shipped.FOLDER / name, tmp_path / name)
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_first_version_still_reads_as_it_was_released() -> None:
    first = load_policy("iv_ketamine", version="1")
    assert first.rule("hypertension").tier is Tier.EVALUATE
    assert (first.extends, first.choices) == ("", ())
    with pytest.raises(KeyError):
        first.rule("medicines-not-asked")


def test_the_second_version_holds_the_rules_of_the_first_and_names_it() -> None:
    first = {rule.id for rule in load_policy("iv_ketamine", version="1").rules}
    own = {"hypertension-uncontrolled", "medicines-not-asked", "allergies-not-asked"}
    assert {rule.id for rule in SECOND.rules} == first | own
    assert SECOND.extends == "iv_ketamine 1"
    assert own < SECOND.own


def test_what_is_left_out_is_gone_with_the_rules_that_its_question_brings() -> None:
    pain = load_policy("chronic_pain")
    assert not {"few-trials", "unanswered.antidepressant-trials"} & {r.id for r in pain.rules}
    with pytest.raises(KeyError):
        pain.question("antidepressant-trials")


def test_a_policy_offers_only_the_choices_on_which_its_rules_turn() -> None:
    chosen = {each.disagreement for each in load_policy("chronic_pain").choices}
    assert chosen == {"D11", "D12", "D14", "D18"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('without = ["few-trials"', 'without = ["no-such-rule"', "no-such-rule"),
        ("[extends]", "[nothing]", "nothing"),
        (
            'tier = "evaluate"\ntitle = "Liver disease"',
            'tier = "evaluate"\nby_side = { nowhere = "block" }\ntitle = "Liver disease"',
            "no side is called 'nowhere'",
        ),
    ],
)
def test_what_does_not_fit_is_named(folder: Path, old: str, new: str, said: str) -> None:
    edit(folder / "chronic_pain" / "v1" / "policy.toml", old, new)
    with pytest.raises(DataFileError, match=said):
        load_policy("chronic_pain", folder)


def test_a_case_table_without_a_base_and_one_that_leaves_out_no_row_of_the_other_are_named(
    folder: Path,
) -> None:
    cases = folder / "chronic_pain" / "v1" / "cases.toml"
    edit(cases, "without = [\n", 'without = [\n  "no such row",\n')
    with pytest.raises(DataFileError, match="no such row"):
        load_cases("chronic_pain", folder)
    text = cases.read_text(encoding="utf-8")
    cases.write_text(text[text.index("[[cases]]") :], encoding="utf-8")
    load_cases.cache_clear()
    with pytest.raises(DataFileError, match="has a base"):
        load_cases("chronic_pain", folder)


def test_the_first_side_is_followed_and_not_named_until_the_clinic_chooses() -> None:
    assert taking(SECOND, {}).sides == ()
    assert taking(SECOND, {"D14": "uncontrolled-pressure-excludes"}).sides == ()
    own = taking(SECOND, {"D14": "untreated-pressure-evaluated"})
    assert own.sides == (("D14", "untreated-pressure-evaluated"),)
    assert own.rule("hypertension-uncontrolled").tier is Tier.EVALUATE
    assert evaluate(own, CLEAN).sides == own.sides


@pytest.mark.parametrize("policy", policies(), ids=lambda policy: policy.id)
def test_no_side_lets_a_shorter_history_block(policy: Policy) -> None:
    sides = [choice.sides for choice in policy.choices if choice.disagreement == "D09"]
    followed = [{}, *({"D09": side.id} for each in sides for side in each)]
    tiers = {r.tier for own in followed for r in taking(policy, own).rules if r.id == "few-trials"}
    assert tiers <= {Tier.CAUTION, Tier.EVALUATE}


def test_entries_whose_day_nobody_knows_are_gone_through_again() -> None:
    fact = CodedFact(None, None, "Vitamin D", "active")
    undated = replace(CLEAN, medications=(fact,), statements={})
    (finding, _) = evaluate(SECOND, undated).findings
    assert "have no date" in finding.triggers[0].text


def test_an_entry_without_a_day_overtakes_that_there_are_none() -> None:
    over = CodedFact(None, None, "Vitamin D", "stopped")
    said = {**CLEAN.statements, "medications": Statement(True, date(2026, 3, 1), "B. Okafor")}
    found = evaluate(SECOND, replace(CLEAN, medications=(over,), statements=said)).findings
    assert [finding.rule for finding in found] == ["medicines-not-asked"]
