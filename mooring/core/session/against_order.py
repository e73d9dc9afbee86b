"""The banner of drug that was given against its order: it stands until somebody has seen it."""

from collections.abc import Iterator
from dataclasses import replace

from mooring.core.session.alerts import with_seen
from mooring.core.session.chart import Chart
from mooring.core.session.entries import GivesDrug
from mooring.core.session.rule_names import OWN_RULES
from mooring.core.session.standing import Standing, of
from mooring.core.session.view import Alert

CLAIMS = ("choice.given-against-order",)
BEFORE_THE_START = "start."
"""How the id of what a start policy asks begins; all else is the order, its vial, its rules."""


def against_order(policy: str, chart: Chart) -> tuple[Alert, ...]:
    """One alert for each entry that gives drug and was charted against the order.

    `policy` is the id of the schedule that the session follows, under which it is shown.
    """
    found = tuple(_alerts(policy, chart))
    return tuple(replace(alert, active=alert.seen_by is None) for alert in with_seen(found, chart))


def _alerts(policy: str, chart: Chart) -> Iterator[Alert]:
    for standing in of(chart.log, GivesDrug):
        if standing.content.against:
            yield _alert(policy, standing)


def _alert(policy: str, standing: Standing[GivesDrug]) -> Alert:
    """What differs from the order is a stop; what was missing before the start asks for a look."""
    against = standing.content.against
    order = any(not each.id.startswith(BEFORE_THE_START) for each in against)
    return Alert(
        rule="given_against_order",
        policy=policy,
        level="stop" if order else "call",
        title=OWN_RULES["given_against_order"],
        detail="; ".join(each.text for each in against),
        at=standing.at,
        trigger=standing.id,
        claims=CLAIMS,
        seen_by=None,
        seen_at=None,
        active=True,
        subject=f"order-{standing.id}",
    )
