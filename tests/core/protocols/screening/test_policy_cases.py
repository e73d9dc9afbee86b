"""Every row of the policy's case table, and that the table leaves no rule out."""

import pytest

from mooring.core.protocols.loading import policy_names, policy_versions
from mooring.core.protocols.screening import (
    Finding,
    Policy,
    Screening,
    Tier,
    evaluate,
    load_policy,
    policies,
    taking,
)
from mooring.core.protocols.screening.cases import Case, CaseTable, load_cases
from mooring.core.protocols.screening.policy import FOLDER

VERSIONS = [
    load_policy(name, version=version)
    for name in policy_names(FOLDER)
    for version in policy_versions(FOLDER, name)
]
ROWS = [
    pytest.param(policy, table, case, id=f"{policy.id} {policy.version}: {case.name}")
    for policy in VERSIONS
    for table in [load_cases(policy.id, version=policy.version)]
    for case in table.cases
]


def judged(policy: Policy, table: CaseTable, case: Case) -> Screening:
    return evaluate(taking(policy, case.sides), table.record(case))


def rule_names(screening: Screening) -> list[str]:
    return [finding.rule for finding in screening.findings]


@pytest.mark.parametrize(("policy", "table", "case"), ROWS)
def test_exactly_the_expected_rules_speak(policy: Policy, table: CaseTable, case: Case) -> None:
    screening = judged(policy, table, case)
    assert sorted(rule_names(screening)) == sorted(case.expect)


@pytest.mark.parametrize(("policy", "table", "case"), ROWS)
def test_the_finding_says_what_made_it_speak(policy: Policy, table: CaseTable, case: Case) -> None:
    screening = judged(policy, table, case)
    for finding in screening.findings:
        assert finding.triggers, finding.rule
    if case.says:
        spoken = " | ".join(t.text for t in about(screening, case.about).triggers)
        assert [words for words in case.says if words not in spoken] == []
    if case.tier:
        assert about(screening, case.about).tier is case.tier


def about(screening: Screening, rule: str | None) -> Finding:
    (finding,) = (found for found in screening.findings if found.rule == rule)
    return finding


@pytest.mark.parametrize("policy", policies(), ids=lambda p: p.id)
def test_every_written_rule_has_a_row_where_it_speaks_and_one_where_it_is_silent(
    policy: Policy,
) -> None:
    cases = load_cases(policy.id).cases
    speaks = {case.about for case in cases if case.about in case.expect}
    silent = {case.about for case in cases if case.about not in case.expect}
    written = {r.id for r in policy.rules if "." not in r.id}
    assert written - speaks == set()
    assert written - silent == set()


@pytest.mark.parametrize("policy", policies(), ids=lambda p: p.id)
def test_every_rule_that_a_question_brings_along_speaks_in_some_row(policy: Policy) -> None:
    spoken = {rule for case in load_cases(policy.id).cases for rule in case.expect}
    brought = {r.id for r in policy.rules if "." in r.id}
    assert brought - spoken == set()


@pytest.mark.parametrize("policy", policies(), ids=lambda p: p.id)
def test_every_row_is_about_a_rule_and_uses_names_that_exist(policy: Policy) -> None:
    rules = {rule.id for rule in policy.rules}
    questions = {question.id for question in policy.questions}
    for case in load_cases(policy.id).cases:
        assert {*case.expect, *([case.about] if case.about else [])} <= rules
        assert {*case.answers, *case.unasked} <= questions


def test_nothing_known_holds_and_cannot_be_taken_for_nothing_found() -> None:
    policy, table = load_policy("iv_ketamine", version="1"), load_cases("iv_ketamine", version="1")
    known = {case.name: evaluate(policy, table.record(case)) for case in table.cases[:2]}
    nothing_found, nothing_known = known.values()
    assert not nothing_found.holds
    assert nothing_found.verdict == "Nothing holds; 0 to weigh. The prescriber decides."
    assert nothing_known.holds
    assert nothing_known.verdict == "Cannot start: 21 unanswered"
    assert {finding.tier for finding in nothing_known.findings} == {Tier.MISSING}
