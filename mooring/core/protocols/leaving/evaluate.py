"""Applies a leaving policy: each criterion met or still open. A named clinician decides."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from mooring.core.protocols.cited import Number
from mooring.core.protocols.leaving.criterion import Criterion, met, not_yet
from mooring.core.protocols.leaving.policy import LeavePolicy, MinimumTime, Ready
from mooring.core.protocols.leaving.scores import scores
from mooring.core.protocols.leaving.vitals import measured
from mooring.core.session.chart import Chart, plain
from mooring.core.session.entries import Readiness, Symptom, minutes_between
from mooring.core.session.labels import CRITERION_WORDS, IDEATION_WORDS, SYMPTOM_WORDS
from mooring.core.session.standing import Standing, of
from mooring.core.session.view import Alert


def criteria(policy: LeavePolicy, chart: Chart, alerts: Sequence[Alert]) -> tuple[Criterion, ...]:
    """Every criterion at `chart.now`, in the policy's order. Unknown is open, never met."""
    return (
        _ended(policy, chart),
        *(_minimum_time(time, chart) for time in policy.minimum_time),
        *(measured(policy, needed, chart) for needed in policy.measured),
        scores(policy, chart),
        *(_ready(ready, chart) for ready in policy.ready),
        *_active_rules(policy, alerts),
    )


def _ended(policy: LeavePolicy, chart: Chart) -> Criterion:
    if chart.giving is None:
        none = "no infusion was started" if chart.by_pump else "no dose was given"
        return not_yet("infusion_ended", none, policy.ended)
    if chart.giving.end is None:
        goes_on = "the infusion has not ended" if chart.by_pump else "a dose is still to come"
        return not_yet("infusion_ended", goes_on, policy.ended)
    ended = "The infusion has ended" if chart.by_pump else "No dose is to come"
    return met("infusion_ended", ended, policy.ended)


def _minimum_time(time: MinimumTime, chart: Chart) -> Criterion:
    name, needed = f"time_since_{time.since}", _minutes(time.at_least)
    start, since = _since_words(time, chart), _since(time, chart)
    if since is None:
        words = f"the {needed} min since {start} have not begun"
        return not_yet(name, words, time.at_least.claims)
    passed = minutes_between(since, chart.now)
    words = f"{int(passed)} of {needed} min since {start}"
    if passed < time.at_least.value:
        return not_yet(name, words, time.at_least.claims)
    words = f"{int(passed)} min since {start}, {needed} needed"
    return met(name, words, time.at_least.claims)


def _since_words(time: MinimumTime, chart: Chart) -> str:
    if chart.by_pump:
        return f"the {time.since} of the infusion"
    return "the first dose" if time.since == "start" else chart.ended_words


def _since(time: MinimumTime, chart: Chart) -> datetime | None:
    if chart.giving is None:
        return None
    if time.since == "start":
        return chart.giving.start.at
    return None if chart.giving.end is None else chart.giving.end.at


def _minutes(number: Number) -> str:
    return plain(number.value)


def _ready(ready: Ready, chart: Chart) -> Criterion:
    log = chart.log if ready.since == "check_in" else chart.since_end
    looked = [r for r in of(log, Readiness) if r.content.criterion == ready.criterion]
    words = CRITERION_WORDS[ready.criterion]
    name = words[0].lower() + words[1:]
    if not looked:
        return not_yet(
            ready.criterion, f"{name} is not looked at{_when(ready, chart)}", ready.claims
        )
    newest = looked[-1]
    if ready.answer_needed:
        return _answered(ready, newest.content)
    if not newest.content.met:
        detail = f" ({newest.content.detail})" if newest.content.detail else ""
        return not_yet(ready.criterion, f"{name}: found not met{detail}", ready.claims)
    later = _reported_after(newest, ready, chart)
    if later is not None:
        words = f"{name}: {SYMPTOM_WORDS[later.symptom].lower()} was reported after that"
        return not_yet(ready.criterion, words, ready.claims)
    return met(ready.criterion, words, ready.claims)


def _answered(ready: Ready, content: Readiness) -> Criterion:
    """Suicidal ideation by its answer: a no meets it, after any other a prescriber decides."""
    asked = CRITERION_WORDS[ready.criterion]
    name = asked[0].lower() + asked[1:]
    if content.ideation is None:
        return not_yet(ready.criterion, f"{name}: the answer is not recorded", ready.claims)
    answer = IDEATION_WORDS[content.ideation]
    if content.ideation == "no":
        return met(ready.criterion, f"{asked}: {answer}", ready.claims)
    if content.decided is None:
        return not_yet(ready.criterion, f"{name}: {answer}; a prescriber decides", ready.claims)
    words = f"{asked}: {answer}; prescriber decided: {content.decided}"
    return met(ready.criterion, words, ready.claims)


def _when(ready: Ready, chart: Chart) -> str:
    if ready.since == "check_in":
        return ""
    return f" after {chart.ended_words}"


def _reported_after(looked: Standing[Readiness], ready: Ready, chart: Chart) -> Symptom | None:
    later = [s.content for s in of(chart.log, Symptom) if s.order > looked.order]
    there = [s for s in later if s.symptom in ready.overtaken_by and s.severity != "none"]
    return there[-1] if there else None


def _active_rules(policy: LeavePolicy, alerts: Sequence[Alert]) -> Iterator[Criterion]:
    active = [alert for alert in alerts if alert.active and alert.level != "caution"]
    for alert in active:
        words = f"a rule is active: {alert.title}, {alert.detail}"
        yield not_yet(f"rule.{alert.rule}", words, (*policy.no_active_rule, *alert.claims))
    if not active:
        yield met("no_active_rule", "No stop or call rule is active", policy.no_active_rule)
