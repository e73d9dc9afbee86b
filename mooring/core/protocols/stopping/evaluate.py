"""Applies one stop policy to a session: which rules fired on which entries, and what to repeat."""

from dataclasses import dataclass
from decimal import Decimal

from mooring.core.protocols.stopping.policy import (
    AtMost,
    Below,
    Condition,
    Reported,
    Rise,
    Rule,
    StopPolicy,
)
from mooring.core.session.baseline import pressures
from mooring.core.session.chart import MEASURE_WORDS, Chart, plain, signed, value_of
from mooring.core.session.checks import CHECK_WORDS, due_state, last_refused
from mooring.core.session.entries import Content, Symptom, minutes
from mooring.core.session.labels import SYMPTOM_WORDS
from mooring.core.session.standing import Log, Standing
from mooring.core.session.view import Alert, Baseline, Due


def alerts(policy: StopPolicy, chart: Chart) -> tuple[Alert, ...]:
    """Every entry on which a rule fired, oldest first; active where no newer evidence has come.

    A rise over baseline cannot be looked at without a baseline: that is an alert of its own.
    """
    fired = [alert for rule in policy.rules for alert in _fired(policy, rule, chart)]
    return (*_unknown_baseline(policy, chart), *sorted(fired, key=lambda alert: alert.at))


def repeats(policy: StopPolicy, chart: Chart) -> tuple[Due, ...]:
    """The repeat that a single high reading asks for, while no symptom came with it."""
    plan = policy.repeat
    if plan is None:
        return ()
    found = alerts(policy, chart)
    high = [alert for alert in found if alert.rule == plan.rule]
    symptoms = any(alert.active for alert in found if alert.rule == plan.unless)
    if symptoms or not high or not high[-1].active or _was_high_before(high, chart):
        return ()
    asked_at = max(high[-1].at, last_refused(chart.since_start, plan.check) or high[-1].at)
    overdue_at = asked_at + minutes(plan.within.value)
    return (
        Due(
            check=plan.check,
            label=CHECK_WORDS[plan.check],
            due_at=asked_at,
            overdue_at=overdue_at,
            state=due_state(asked_at, overdue_at, chart.now),
            reason=f"repeat within {plain(plan.within.value)} minutes of a high reading",
            policy=policy.id,
            claims=plan.within.claims,
        ),
    )


@dataclass(frozen=True)
class _Met:
    """A condition that an entry meets: what it looks at, in which words."""

    subject: str
    words: str
    claims: tuple[str, ...]


def _scope(policy: StopPolicy, chart: Chart) -> Log:
    return chart.log if policy.applies == "always" else chart.since_start


def _fired(policy: StopPolicy, rule: Rule, chart: Chart) -> list[Alert]:
    scope = _scope(policy, chart)
    newest = {subject: s.id for s in scope for subject in _subjects(s.content)}
    found = []
    for standing in scope:
        met = [m for c in rule.any_of if (m := _met(c, standing.content, chart.baseline))]
        if met:
            active = any(newest[m.subject] == standing.id for m in met)
            found.append(_alert(policy, rule, standing, met, active, chart.baseline))
    return found


def _subjects(content: Content) -> list[str]:
    """What an entry is evidence about."""
    if isinstance(content, Symptom):
        return [content.symptom]
    return [measure for measure in MEASURE_WORDS if value_of(content, measure) is not None]


def _met(condition: Condition, content: Content, baseline: Baseline | None) -> _Met | None:
    match condition:
        case Rise():
            return _met_rise(condition, content, baseline)
        case Below() | AtMost():
            return _met_limit(condition, content)
        case _:
            return _met_symptom(condition, content)


def _met_rise(condition: Rise, content: Content, baseline: Baseline | None) -> _Met | None:
    value = value_of(content, condition.measure)
    if value is None or baseline is None:
        return None
    rise = value - _of(baseline, condition)
    if rise < condition.at_least.value:
        return None
    return _Met(condition.measure, signed(rise), condition.at_least.claims)


def _met_limit(condition: Below | AtMost, content: Content) -> _Met | None:
    value = value_of(content, condition.measure)
    limit = condition.limit
    if value is None or value > limit.value:
        return None
    name = f"{MEASURE_WORDS[condition.measure]} {value}"
    if isinstance(condition, AtMost):
        words = f"{name}; the rule is {plain(limit.value)} or lower"
        return _Met(condition.measure, words, limit.claims)
    if value == limit.value:
        return None
    words = f"{name} {limit.unit} is below {plain(limit.value)} {limit.unit}"
    return _Met(condition.measure, words, limit.claims)


def _met_symptom(condition: Reported, content: Content) -> _Met | None:
    if not isinstance(content, Symptom) or content.severity == "none":
        return None
    if content.symptom not in condition.symptoms:
        return None
    detail = f": {content.detail}" if content.detail else ""
    words = f"{SYMPTOM_WORDS[content.symptom]}, {content.severity}{detail}"
    return _Met(content.symptom, words, condition.claims)


def _of(baseline: Baseline, condition: Rise) -> Decimal:
    return baseline.systolic if condition.measure == "systolic" else baseline.diastolic


def _alert(
    policy: StopPolicy,
    rule: Rule,
    standing: Standing[Content],
    met: list[_Met],
    active: bool,
    baseline: Baseline | None,
) -> Alert:
    return Alert(
        rule=rule.id,
        policy=policy.id,
        level=rule.level,
        title=rule.title,
        detail=_detail(standing, met, baseline),
        at=standing.at,
        trigger=standing.id,
        claims=tuple(dict.fromkeys(claim for m in met for claim in m.claims)),
        seen_by=None,
        seen_at=None,
        active=active,
    )


def _detail(standing: Standing[Content], met: list[_Met], baseline: Baseline | None) -> str:
    """For a rise "165/90 is +45 over baseline 120/78"; otherwise the words of what was met."""
    rises = [m for m in met if m.subject in ("systolic", "diastolic")]
    if not rises or baseline is None:
        return "; ".join(m.words for m in met)
    (pressure,) = pressures((standing,))
    change = "/".join(m.words for m in rises)
    if [m.subject for m in rises] == ["diastolic"]:
        change += " diastolic"
    before = f"{plain(baseline.systolic)}/{plain(baseline.diastolic)}"
    return f"{pressure} is {change} over baseline {before}"


def _unknown_baseline(policy: StopPolicy, chart: Chart) -> tuple[Alert, ...]:
    """An infusion that runs without a baseline: the rule is silent, and that is said aloud."""
    rises = [c for rule in policy.rules for c in rule.any_of if isinstance(c, Rise)]
    if not rises or chart.giving is None or chart.baseline is not None:
        return ()
    return (
        Alert(
            rule="baseline_unknown",
            policy=policy.id,
            level="caution",
            title="Baseline unknown",
            detail="A rise in blood pressure cannot be seen: two seated readings from before "
            "the start are missing",
            at=chart.giving.start.at,
            trigger=chart.giving.start.id,
            claims=tuple(dict.fromkeys(claim for c in rises for claim in c.at_least.claims)),
            seen_by=None,
            seen_at=None,
            active=True,
        ),
    )


def _was_high_before(high: list[Alert], chart: Chart) -> bool:
    """True when the pressure before the newest fired as well: then it is not a single one."""
    earlier = [p.entry for p in pressures(chart.since_start) if p.entry != high[-1].trigger]
    return bool(earlier) and earlier[-1] in {alert.trigger for alert in high}
