"""All alerts of a session: those of the stop policies, those about the dose, and who saw them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from mooring.core.protocols.monitoring.policy import MonitoringPolicy
from mooring.core.protocols.stopping.evaluate import alerts
from mooring.core.protocols.stopping.policy import StopPolicy
from mooring.core.quantities import nearest
from mooring.core.session.chart import Chart, plain
from mooring.core.session.entries import AlertSeen
from mooring.core.session.rule_names import OWN_RULES
from mooring.core.session.standing import of
from mooring.core.session.view import Alert, Plan


def policy_alerts(policies: Iterable[StopPolicy], chart: Chart) -> tuple[Alert, ...]:
    """What the stop policies found, each for itself, oldest first."""
    found = [alert for policy in policies for alert in alerts(policy, chart)]
    return tuple(sorted(found, key=lambda alert: alert.at))


def dose_alerts(policy: MonitoringPolicy, plan: Plan, chart: Chart) -> tuple[Alert, ...]:
    """More given than ordered is a caution, far more is a stop; both stay, drug is not undone."""
    giving = chart.giving
    if giving is None:
        return ()
    percent = policy.giving.stop_when_over
    far = plan.ordered_mg * (100 + percent.value) / 100
    limits = (
        ("given_over_order", "caution", plan.ordered_mg),
        ("given_far_over_order", "stop", far),
    )
    how = "by rate and time" if chart.by_pump else "charted"
    detail = _over(giving.given_mg(chart.now), how, plan.ordered_mg)
    return tuple(
        _dose_alert(policy, (rule, level), detail, over)
        for rule, level, milligrams in limits
        if (over := giving.when_over(milligrams, chart.now)) is not None
    )


def with_seen(found: Iterable[Alert], chart: Chart) -> tuple[Alert, ...]:
    """The alerts with who saw each first. Seen content that was corrected since is unseen again."""
    return tuple(_with_seen(alert, chart) for alert in found)


def _dose_alert(
    policy: MonitoringPolicy,
    limit: tuple[str, str],
    detail: str,
    over: tuple[datetime, UUID],
) -> Alert:
    (rule, level), (at, trigger) = limit, over
    return Alert(
        rule=rule,
        policy=policy.id,
        level=level,
        title=OWN_RULES[rule],
        detail=detail,
        at=at,
        trigger=trigger,
        claims=policy.giving.stop_when_over.claims,
        seen_by=None,
        seen_at=None,
        active=True,
        subject="dose",
    )


def _over(given: Decimal, how: str, ordered: Decimal) -> str:
    """Both amounts, the given one to a hundredth as every page and paper shows it."""
    shown = nearest(given, "0.01")
    text = f"{plain(shown)} mg {how}, {plain(ordered)} mg ordered"
    return text if shown > ordered else f"{text}: over it by less than 0.01 mg"


def _with_seen(alert: Alert, chart: Chart) -> Alert:
    written = {standing.id: standing.written for standing in chart.log}
    for seen in of(chart.log, AlertSeen):
        named = alert.rule in (seen.content.rule, *seen.content.also)
        same = named and seen.content.reading == alert.trigger
        if same and seen.sequence > written[alert.trigger]:
            return replace(alert, seen_by=seen.author, seen_at=seen.at)
    return alert
