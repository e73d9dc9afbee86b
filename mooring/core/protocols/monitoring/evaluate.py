"""Applies a schedule to a session: which check is asked for next, and since when it is late."""

from dataclasses import dataclass, replace
from datetime import datetime

from mooring.core.protocols.cited import Number
from mooring.core.protocols.monitoring.policy import Intervals, MonitoringPolicy, Schedule, Times
from mooring.core.session.chart import Chart, plain
from mooring.core.session.checks import CHECK_WORDS, Check, due_state, last_done, last_refused
from mooring.core.session.entries import minutes
from mooring.core.session.giving import Giving
from mooring.core.session.view import Due


def due(policy: MonitoringPolicy, chart: Chart) -> tuple[Due, ...]:
    """For each check of the schedule the next time it is asked for; nothing before the start."""
    if chart.giving is None:
        return ()
    asked = [
        _due(policy, check, asking, chart)
        for schedule in policy.schedules
        for check in schedule.checks
        if (asking := _next(policy, schedule, check, chart, chart.giving)) is not None
    ]
    return tuple(sorted(asked, key=lambda item: item.due_at))


@dataclass(frozen=True)
class _Asking:
    """When a check is asked for, in the schedule's words."""

    at: datetime
    grace: Number
    reason: str
    claims: tuple[str, ...]


def _next(
    policy: MonitoringPolicy, schedule: Schedule, check: Check, chart: Chart, giving: Giving
) -> _Asking | None:
    if isinstance(schedule, Intervals):
        asking: _Asking | None = _by_interval(schedule, check, chart, giving)
    else:
        asking = _by_time(schedule, check, chart, giving)
    return None if asking is None else _after_refusal(policy, asking, check, chart)


def _by_interval(schedule: Intervals, check: Check, chart: Chart, giving: Giving) -> _Asking:
    """Counted from the last check, or from the start. What was owed at the end stays owed."""
    since = last_done(chart.since_start, check) or giving.start.at
    during = since + minutes(schedule.infusing.every.value)
    if giving.end is None or during <= giving.end.at:
        part, at = schedule.infusing, during
        words = "during the infusion" if chart.by_pump else "until the last dose"
    else:
        part = schedule.after
        words = "after the infusion" if chart.by_pump else "after the last dose"
        at = since + minutes(part.every.value)
    reason = f"every {plain(part.every.value)} minutes {words}"
    return _Asking(at, part.grace, reason, part.every.claims)


def _by_time(schedule: Times, check: Check, chart: Chart, giving: Giving) -> _Asking | None:
    """The first time of the schedule that the last check does not count for."""
    done = last_done(chart.log, check)
    for time in schedule.at:
        at = giving.start.at + minutes(time.value)
        if done is None or done < at - minutes(schedule.early.value):
            reason = f"at {plain(time.value)} minutes"
            return _Asking(at, schedule.grace, reason, time.claims)
    return None


def _after_refusal(
    policy: MonitoringPolicy, asking: _Asking, check: Check, chart: Chart
) -> _Asking:
    """A check that was not possible is asked for again a little later, never earlier."""
    refused = last_refused(chart.since_start, check)
    done = last_done(chart.since_start, check)
    if refused is None or (done is not None and done >= refused):
        return asking
    again = refused + minutes(policy.after_refusal.value)
    if again <= asking.at:
        return asking
    words = f"again {plain(policy.after_refusal.value)} minutes after it was not possible"
    return replace(asking, at=again, reason=words, claims=policy.after_refusal.claims)


def _due(policy: MonitoringPolicy, check: Check, asking: _Asking, chart: Chart) -> Due:
    overdue_at = asking.at + minutes(asking.grace.value)
    return Due(
        check=check,
        label=CHECK_WORDS[check],
        due_at=asking.at,
        overdue_at=overdue_at,
        state=due_state(asking.at, overdue_at, chart.now),
        reason=asking.reason,
        policy=policy.id,
        claims=asking.claims,
    )
