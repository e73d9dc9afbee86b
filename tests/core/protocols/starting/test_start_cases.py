"""Each start policy holds the start as its case table says. The tables are the specification."""

import pytest

from mooring.core.protocols.starting import evaluate
from mooring.core.protocols.starting import policy as starting
from mooring.core.protocols.stopping import policy as stopping
from mooring.core.session.alerts import policy_alerts
from mooring.core.session.cases import Case, at_minute
from mooring.core.session.chart import chart
from mooring.core.session.standing import resolve
from mooring.core.session.view import Blocker
from tests.support.released import released

BESIDE = [stopping.load("spo2_92"), stopping.load("sedation_call")]
ROWS = [
    pytest.param(name, version, case, id=f"{name} v{version}: {case.name}")
    for name, version in released(starting.FOLDER)
    for case in starting.cases(name, version).cases
]


def held(name: str, version: str, case: Case[starting.Expected]) -> tuple[Blocker, ...]:
    table, now = starting.cases(name, version), at_minute(case.now)
    seen = chart(resolve(table.entries(case), now).log, now)
    alerts = policy_alerts(BESIDE, seen)
    return evaluate.held(starting.load(name, version), seen, alerts, table.route).open


@pytest.mark.parametrize(("name", "version", "case"), ROWS)
def test_the_start_is_held_as_the_case_says(
    name: str, version: str, case: Case[starting.Expected]
) -> None:
    found = held(name, version, case)
    assert [blocker.id for blocker in found] == list(case.expect.open)
    if case.expect.says is not None:
        assert found[0].text == case.expect.says


@pytest.mark.parametrize(("name", "version", "case"), ROWS)
def test_everything_that_holds_the_start_names_its_claims(
    name: str, version: str, case: Case[starting.Expected]
) -> None:
    assert all(blocker.claims for blocker in held(name, version, case))
