"""Each plan of treatment is judged by its own policy, and each policy tells itself from others."""

import pytest

from mooring.core.drugs.drug import Drug, Route
from mooring.core.protocols.screening import evaluate, load_policy, policies
from mooring.core.protocols.screening.cases import load_cases
from mooring.core.protocols.screening.choosing import Plan, policy_for

RACEMIC, ESKETAMINE = Drug.RACEMIC_KETAMINE, Drug.ESKETAMINE
VEIN, NOSE, TONGUE = Route.INTRAVENOUS_INFUSION, Route.INTRANASAL, Route.SUBLINGUAL


@pytest.mark.parametrize(
    ("plan", "policy"),
    [
        (Plan(RACEMIC, VEIN, "depression", "infusion"), "iv_ketamine"),
        (Plan(RACEMIC, Route.INTRAVENOUS_BOLUS, "ptsd", "infusion"), "iv_ketamine"),
        (Plan(RACEMIC, VEIN, "pain", "infusion"), "chronic_pain"),
        (Plan(RACEMIC, Route.INTRAMUSCULAR, "pain", "medicine"), "chronic_pain"),
        (Plan(ESKETAMINE, NOSE, "depression", "medicine"), "esketamine_label"),
        (Plan(ESKETAMINE, NOSE, "depression", "home"), "esketamine_label"),
        (Plan(RACEMIC, TONGUE, "depression", "group"), "sublingual_group"),
        (Plan(RACEMIC, TONGUE, "depression", "home"), "take_home"),
        (Plan(RACEMIC, TONGUE, "depression", "medicine"), "other_routes"),
        (Plan(RACEMIC, NOSE, "depression", "medicine"), "other_routes"),
    ],
)
def test_the_policy_follows_drug_route_indication_and_model(plan: Plan, policy: str) -> None:
    assert policy_for(plan) == policy


@pytest.mark.parametrize("drug", list(Drug))
@pytest.mark.parametrize("route", list(Route))
def test_every_plan_has_a_policy(drug: Drug, route: Route) -> None:
    load_policy(policy_for(Plan(drug, route, "depression", "medicine")))


def judged_by(policy: str, record: object) -> set[tuple[str, str]]:
    screening = evaluate(load_policy(policy), record)  # type: ignore[arg-type]
    return {(finding.rule, finding.tier.value) for finding in screening.findings}


@pytest.mark.parametrize("policy", [p.id for p in policies()])
def test_each_policy_has_a_row_that_every_other_judges_in_another_way(policy: str) -> None:
    table = load_cases(policy)
    for other in {p.id for p in policies()} - {policy}:
        told_apart = [
            case.name
            for case in table.cases
            if not case.sides
            and judged_by(policy, table.record(case)) != judged_by(other, table.record(case))
        ]
        assert told_apart, other
