"""The policy's files: what a clinician may write, and what is refused with its place."""

import re
import shutil
from pathlib import Path

import pytest

from mooring.core import evidence
from mooring.core.protocols.loading import DataFileError
from mooring.core.protocols.screening import Policy, Tier, load_policy, policies
from mooring.core.protocols.screening import policy as shipped
from mooring.core.protocols.screening.model import MeasurementAbsence, MeasurementTrigger

POLICY = load_policy("iv_ketamine", version="1")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped policy; tests break one thing in it."""
    shutil.copytree(shipped.FOLDER / "iv_ketamine", tmp_path / "iv_ketamine")
    return tmp_path


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / "iv_ketamine" / "v1" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_policies_are_listed() -> None:
    assert [policy.id for policy in policies()] == [
        "chronic_pain",
        "esketamine_label",
        "iv_ketamine",
        "other_routes",
        "sublingual_group",
        "take_home",
    ]


def test_an_untouched_copy_loads(folder: Path) -> None:
    assert load_policy("iv_ketamine", folder, "1") == POLICY


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "policy.toml",
            'claims = ["S4.32", "S5.15", "spravato-label.pregnancy"]',
            'claims = ["S4.99"]',
            "rules › 'pregnant' › claims › number 1: the evidence has no claim 'S4.99'",
        ),
        (
            "policy.toml",
            'claims = ["S4.32", "S5.15", "spravato-label.pregnancy"]',
            "claims = []",
            "rules › 'pregnant' › claims: Tuple should have at least 1 item",
        ),
        (
            "policy.toml",
            'value_set = "breastfeeding"',
            'value_set = "brestfeeding"',
            "'breastfeeding' › value_set: no value set is called 'brestfeeding'",
        ),
        (
            "policy.toml",
            'question = "pregnancy", values = ["yes"]',
            'question = "pregnant", values = ["yes"]',
            "'pregnant' › question: no question is called 'pregnant'",
        ),
        (
            "policy.toml",
            'question = "pregnancy", values = ["yes"]',
            'question = "pregnancy", values = ["certainly"]',
            "'pregnant' › values: the question 'pregnancy' has no option 'certainly'",
        ),
        (
            "policy.toml",
            'kind = "answer", question = "pregnancy", values = ["yes"]',
            'kind = "absence", question = "pregnant"',
            "'pregnant' › question: no question is called 'pregnant'",
        ),
        (
            "policy.toml",
            'measure = "systolic", comparator = "above"',
            'measure = "sistolic", comparator = "above"',
            "'blood-pressure-very-high' › measurement: the policy has no units for 'sistolic'",
        ),
        (
            "policy.toml",
            'measure = "systolic", comparator = "above"',
            'measure = "systolic", comparator = "within"',
            "'blood-pressure-very-high' .* screening knows no baseline for 'within' to count from",
        ),
        (
            "policy.toml",
            'measurements = ["weight"]',
            'measurements = ["mass"]',
            "'weight-missing' › measurement: the policy has no units for 'mass'",
        ),
        (
            "policy.toml",
            'kind = "answer", question = "pregnancy"',
            'kind = "guess", question = "pregnancy"',
            "rules › 'pregnant' › when › number 1: Input tag 'guess'",
        ),
        (
            "policy.toml",
            '\nasks = "weight"\n',
            "\n",
            "rules › 'weight-missing': a rule of the tier missing names in `asks`",
        ),
        (
            "policy.toml",
            'id = "breastfeeding"\n',
            'id = "pregnant"\n',
            "iv_ketamine/policy.toml: 'pregnant' › id: stands twice",
        ),
        (
            "policy.toml",
            'value_set = "chronic-pain"',
            'value_set = "pain"',
            "indications › value_set: no value set is called 'pain'",
        ),
        (
            "questions.toml",
            'id = "breastfeeding"',
            'id = "pregnancy"',
            "'unanswered.pregnancy' › id: stands twice",
        ),
        (
            "questions.toml",
            ', detail_label = "Why is pregnancy not possible?"',
            "",
            "questions › 'pregnancy' › options › number 3: an option that wants a detail",
        ),
        (
            "questions.toml",
            'value_set = "contraceptives"',
            'value_set = "the-pill"',
            "'unanswered.pregnancy' › value_set: no value set is called 'the-pill'",
        ),
    ],
)
def test_what_does_not_fit_is_named_by_file_rule_and_field(
    folder: Path, file: str, old: str, new: str, message: str
) -> None:
    change(folder, file, old, new)
    with pytest.raises(DataFileError, match=re.compile(message, re.DOTALL)):
        load_policy("iv_ketamine", folder, "1")


def test_a_question_that_is_not_required_brings_no_rules_along(folder: Path) -> None:
    change(folder, "questions.toml", 'id = "stroke"', 'id = "stroke"\nrequired = false')
    policy = load_policy("iv_ketamine", folder, "1")
    assert policy.question("stroke").option("not-obtainable") is None
    assert "unanswered.stroke" not in {rule.id for rule in policy.rules}


def test_two_rules_may_share_a_question_but_never_an_id() -> None:
    names = [rule.id for rule in POLICY.rules]
    assert len(names) == len(set(names))


def test_asking_for_what_the_policy_does_not_have_names_it() -> None:
    with pytest.raises(KeyError, match="'iv_ketamine' has no question 'height'"):
        POLICY.question("height")
    with pytest.raises(KeyError, match="'iv_ketamine' has no rule 'height'"):
        POLICY.rule("height")
    assert POLICY.rule("pregnant").tier is Tier.BLOCK


def test_every_required_question_can_be_recorded_as_not_obtainable_with_a_reason() -> None:
    for question in POLICY.questions:
        option = question.option("not-obtainable")
        assert option is not None
        assert option.detail == "text"


def test_missing_is_never_something_an_evaluation_could_take_over() -> None:
    for rule in POLICY.rules:
        assert (rule.tier is Tier.MISSING) == (rule.asks is not None)


def limit_of(policy: Policy, rule: str, claim: str, of: str | None = None) -> object:
    found = [q for q in evidence.load().claim(claim).quantities if of in (None, q.of)]
    assert claim in policy.rule(rule).claims
    return found[0].value


def test_the_limits_are_the_numbers_of_the_claims_they_cite() -> None:
    (very_high,) = POLICY.rule("blood-pressure-very-high").when
    systolic, diastolic = POLICY.rule("blood-pressure-high").when
    assert isinstance(very_high, MeasurementTrigger)
    assert isinstance(systolic, MeasurementTrigger)
    assert isinstance(diastolic, MeasurementTrigger)
    assert very_high.limit.value == limit_of(
        POLICY, "blood-pressure-very-high", "ed-protocol-2020.vital-limits", "systolic, above"
    )
    for trigger in (systolic, diastolic):
        assert trigger.limit.value == limit_of(
            POLICY, "blood-pressure-high", "acc-aha-2017.stage-2", f"{trigger.measure}, stage 2"
        )


@pytest.mark.parametrize(
    ("rule", "claim"),
    [
        ("weight-missing", "choice.weight-age"),
        ("blood-pressure-missing", "choice.blood-pressure-age"),
    ],
)
def test_the_age_limits_are_the_clinics_choice_and_cited_as_that(rule: str, claim: str) -> None:
    (absence,) = POLICY.rule(rule).when
    assert isinstance(absence, MeasurementAbsence)
    assert absence.max_age_days == limit_of(POLICY, rule, claim)


def test_readings_count_for_limits_exactly_as_long_as_they_are_not_missing() -> None:
    (absence,) = POLICY.rule("blood-pressure-missing").when
    assert isinstance(absence, MeasurementAbsence)
    triggers = [t for rule in POLICY.rules for t in rule.when]
    ages = {t.max_age_days for t in triggers if isinstance(t, MeasurementTrigger)}
    assert ages == {absence.max_age_days}


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("pregnancy", "choice.pregnancy-answer-age"),
        ("breastfeeding", "choice.pregnancy-answer-age"),
        ("suicidality", "choice.suicidality-answer-age"),
    ],
)
def test_answers_that_change_are_asked_again(question: str, claim: str) -> None:
    quantity = evidence.load().claim(claim).quantity
    assert quantity is not None
    assert POLICY.question(question).max_age_days == quantity.value


# D11 to D18 as the register decides them: the most cautious reading for safety
@pytest.mark.parametrize(
    ("question", "answer", "tier"),
    [
        ("psychosis", "active", Tier.BLOCK),
        ("psychosis", "past", Tier.EVALUATE),
        ("family-psychosis", "yes", Tier.CAUTION),
        ("mania", "active", Tier.BLOCK),
        ("mania", "past-or-bipolar", Tier.EVALUATE),
        ("heart-disease", "unstable", Tier.BLOCK),
        ("heart-disease", "stable-history", Tier.EVALUATE),
        ("aneurysm-avm-haemorrhage", "yes", Tier.BLOCK),
        ("stroke", "yes", Tier.EVALUATE),
        ("hypertension", "treated", Tier.EVALUATE),
        ("liver-disease", "severe", Tier.BLOCK),
        ("liver-disease", "moderate-or-other", Tier.EVALUATE),
        ("pregnancy", "yes", Tier.BLOCK),
        ("breastfeeding", "yes", Tier.BLOCK),
        ("severe-dissociation", "yes", Tier.EVALUATE),
        ("personality-disorder", "yes", Tier.EVALUATE),
        ("ketamine-misuse", "yes", Tier.BLOCK),
        ("other-substance-use", "active", Tier.BLOCK),
        ("other-substance-use", "treated-with-ketamine", Tier.EVALUATE),
        ("other-substance-use", "in-remission", Tier.CAUTION),
        ("withdrawal-risk", "yes", Tier.EVALUATE),
    ],
)
def test_an_answer_weighs_as_the_register_of_disagreements_decides(
    question: str, answer: str, tier: Tier
) -> None:
    tiers = [
        rule.tier
        for rule in POLICY.rules
        for trigger in rule.when
        if getattr(trigger, "question", None) == question
        and answer in getattr(trigger, "values", ())
    ]
    assert tiers == [tier]


def test_every_rule_in_a_disagreement_shows_it() -> None:
    """A rule that rests on a contested claim names the disagreement the claim is part of."""
    base = evidence.load()
    for rule in POLICY.rules:
        sides = {d for claim in rule.claims for d in base.claim(claim).disagreements}
        if sides:
            assert sides & set(rule.disagreements), rule.id


@pytest.mark.parametrize("word", ["safe", "safely", "normal", "discharge", "error", "invalid"])
def test_the_policy_never_says_what_the_product_never_says(word: str) -> None:
    shown = [text for rule in POLICY.rules for text in (rule.title, rule.explanation)] + [
        text
        for question in POLICY.questions
        for text in (question.text, question.help, *(o.label for o in question.options))
    ]
    assert not [text for text in shown if re.search(rf"\b{word}\b", text, re.IGNORECASE)]


def test_no_text_tells_to_stop_or_hold_a_medicine() -> None:
    shown = " ".join(rule.explanation for rule in POLICY.rules).casefold()
    for words in ("you should", "hold the", "stop taking", "do not take"):
        assert words not in shown
