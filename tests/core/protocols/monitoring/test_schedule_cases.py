"""Each schedule asks for what its case table says. The tables are the specification."""

import pytest

from mooring.core.protocols.monitoring import policy as monitoring
from mooring.core.protocols.monitoring.evaluate import due
from mooring.core.session.cases import Case, at_minute
from mooring.core.session.chart import chart
from mooring.core.session.standing import resolve
from mooring.core.session.view import Due
from tests.support.released import released

ROWS = [
    pytest.param(name, version, case, id=f"{name} v{version}: {case.name}")
    for name, version in released(monitoring.FOLDER)
    for case in monitoring.cases(name, version).cases
]


def asked(name: str, version: str, case: Case[monitoring.Expected]) -> tuple[Due, ...]:
    now = at_minute(case.now)
    table = monitoring.cases(name, version)
    log = resolve(table.entries(case), now).log
    return due(monitoring.load(name, version), chart(log, now, table.planned_doses))


@pytest.mark.parametrize(("name", "version", "case"), ROWS)
def test_checks_are_due_as_the_case_says(
    name: str, version: str, case: Case[monitoring.Expected]
) -> None:
    found = [(d.check, d.due_at, d.overdue_at, d.state) for d in asked(name, version, case)]
    assert found == [
        (e.check, at_minute(e.at), at_minute(e.late_after), e.state) for e in case.expect.due
    ]


@pytest.mark.parametrize(("name", "version", "case"), ROWS)
def test_every_due_check_names_its_policy_reason_and_claims(
    name: str, version: str, case: Case[monitoring.Expected]
) -> None:
    for item in asked(name, version, case):
        assert item.policy == name
        assert item.reason
        assert item.label
        assert item.claims


@pytest.mark.parametrize("name", monitoring.names())
def test_nothing_is_due_before_the_start(name: str) -> None:
    assert due(monitoring.load(name), chart((), at_minute(0))) == ()


def test_reasons_are_the_schedules_own_words() -> None:
    rows = [row.values for row in ROWS]
    reasons = {item.reason for row in rows for item in asked(*row)}
    assert {
        "every 10 minutes during the infusion",
        "every 15 minutes after the infusion",
        "again 5 minutes after it was not possible",
        "at 30 minutes",
    } <= reasons
