"""Each start policy holds the start as its case table says. The tables are the specification."""

import pytest

from mooring.core.protocols.starting import policy as starting
from mooring.core.protocols.starting.evaluate import blockers
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
    now = at_minute(case.now)
    seen = chart(resolve(starting.cases(name, version).entries(case), now).log, now)
    return blockers(starting.load(name, version), seen, policy_alerts(BESIDE, seen))


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
