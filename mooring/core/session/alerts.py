"""All alerts of a session: those of the stop policies, those about the dose, and who saw them."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_UP, Decimal

from mooring.core.protocols.monitoring.policy import MonitoringPolicy
from mooring.core.protocols.stopping.evaluate import alerts
from mooring.core.protocols.stopping.policy import StopPolicy
from mooring.core.session.chart import Chart, plain
from mooring.core.session.entries import AlertSeen
from mooring.core.session.giving import Giving
from mooring.core.session.standing import of
from mooring.core.session.view import Alert, Plan


def policy_alerts(policies: Iterable[StopPolicy], chart: Chart) -> tuple[Alert, ...]:
    """What the stop policies found, each for itself, oldest first."""
    found = [alert for policy in policies for alert in alerts(policy, chart)]
    return tuple(sorted(found, key=lambda alert: alert.at))


def dose_alerts(policy: MonitoringPolicy, plan: Plan, chart: Chart) -> tuple[Alert, ...]:
    """More given than ordered is a caution, far more is a stop; both stay, drug is not undone."""
    if chart.giving is None:
        return ()
    over = policy.giving.stop_when_over
    far = plan.ordered_mg * (100 + over.value) / 100
    limits = (
        ("given_over_order", "caution", "More given than ordered", plan.ordered_mg),
        ("given_far_over_order", "stop", "Far more given than ordered", far),
    )
    return tuple(
        _dose_alert(policy, plan, chart, chart.giving, limit)
        for limit in limits
        if chart.giving.gives_more_than(limit[3], chart.now)
    )


def with_seen(found: Iterable[Alert], chart: Chart) -> tuple[Alert, ...]:
    """The alerts with who saw each first. Seen content that was corrected since is unseen again."""
    return tuple(_with_seen(alert, chart) for alert in found)


def _dose_alert(
    policy: MonitoringPolicy,
    plan: Plan,
    chart: Chart,
    giving: Giving,
    limit: tuple[str, str, str, Decimal],
) -> Alert:
    rule, level, title, milligrams = limit
    at, trigger = giving.when_given(milligrams, chart.now) or (chart.now, giving.start.id)
    given, how = giving.given_mg(chart.now), "by rate and time" if chart.by_pump else "charted"
    return Alert(
        rule=rule,
        policy=policy.id,
        level=level,
        title=title,
        detail=f"{_shown(given)} mg {how}, {plain(plan.ordered_mg)} mg ordered",
        at=at,
        trigger=trigger,
        claims=policy.giving.stop_when_over.claims,
        seen_by=None,
        seen_at=None,
        active=True,
        subject="dose",
    )


def _shown(milligrams: Decimal) -> str:
    """Two places are enough for the eye; rounded up, so that more than ordered reads as more."""
    return plain(milligrams.quantize(Decimal("0.01"), ROUND_UP))


def _with_seen(alert: Alert, chart: Chart) -> Alert:
    written = {standing.id: standing.written for standing in chart.log}
    for seen in of(chart.log, AlertSeen):
        named = alert.rule in (seen.content.rule, *seen.content.also)
        same = named and seen.content.reading == alert.trigger
        if same and seen.sequence > written[alert.trigger]:
            return replace(alert, seen_by=seen.author, seen_at=seen.at)
    return alert
