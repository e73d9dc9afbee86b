"""Each stop policy finds what its case table says. The tables are the specification."""

import pytest

from mooring.core.protocols.stopping import policy as stopping
from mooring.core.protocols.stopping.evaluate import alerts, repeats
from mooring.core.session.cases import Case, at_minute
from mooring.core.session.chart import Chart, chart
from mooring.core.session.standing import resolve
from tests.support.released import released

ROWS = [
    pytest.param(name, version, case, id=f"{name} v{version}: {case.name}")
    for name, version in released(stopping.FOLDER)
    for case in stopping.cases(name, version).cases
]


def chart_of(name: str, version: str, case: Case[stopping.Expected]) -> Chart:
    now = at_minute(case.now)
    return chart(resolve(stopping.cases(name, version).entries(case), now).log, now)


@pytest.mark.parametrize(("name", "version", "case"), ROWS)
def test_rules_fire_as_the_case_says(
    name: str, version: str, case: Case[stopping.Expected]
) -> None:
    found = alerts(stopping.load(name, version), chart_of(name, version, case))
    assert sorted(alert.rule for alert in found) == sorted(case.expect.fired)
    assert sorted(alert.rule for alert in found if alert.active) == sorted(case.expect.active)
    if case.expect.says is not None:
        assert found[-1].detail == case.expect.says


@pytest.mark.parametrize(("name", "version", "case"), ROWS)
def test_a_repeat_is_planned_as_the_case_says(
    name: str, version: str, case: Case[stopping.Expected]
) -> None:
    planned = [
        due.overdue_at
        for due in repeats(stopping.load(name, version), chart_of(name, version, case))
    ]
    minute = case.expect.repeat_by_minute
    assert planned == ([] if minute is None else [at_minute(minute)])


@pytest.mark.parametrize(("name", "version", "case"), ROWS)
def test_every_alert_names_policy_level_trigger_and_claims(
    name: str, version: str, case: Case[stopping.Expected]
) -> None:
    log = stopping.cases(name, version).entries(case)
    for alert in alerts(stopping.load(name, version), chart_of(name, version, case)):
        assert alert.policy == name
        assert alert.level in ("stop", "call", "caution")
        assert alert.trigger in {entry.id for entry in log}
        assert alert.claims


def test_rule_names_are_used_once_over_all_policies() -> None:
    """An entry that an alert was seen names the rule alone, so the rule has to be unmistakable."""
    rules = [rule.id for name in stopping.names() for rule in stopping.load(name).rules]
    assert len(rules) == len(set(rules))
