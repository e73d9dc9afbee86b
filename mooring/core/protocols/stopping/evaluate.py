"""Applies one stop policy to a session: which rules fired on which entries, and what to repeat."""

from collections.abc import Iterator
from dataclasses import dataclass

from mooring.core.protocols.conditions import (
    UPWARD,
    Condition,
    Reported,
    Threshold,
    base_of,
    is_met,
)
from mooring.core.protocols.stopping.policy import Applies, Rule, StopPolicy
from mooring.core.session.baseline import pressures
from mooring.core.session.chart import MEASURE_WORDS, Chart, plain, signed, value_of
from mooring.core.session.checks import ASKED_AS, CHECK_WORDS, due_state, last_refused
from mooring.core.session.entries import Content, Symptom, minutes
from mooring.core.session.labels import SYMPTOM_WORDS
from mooring.core.session.standing import Log, Standing, of
from mooring.core.session.view import Alert, Baseline, Due

PRESSURE = ("systolic", "diastolic")


def alerts(policy: StopPolicy, chart: Chart) -> tuple[Alert, ...]:
    """Every entry on which a rule fired, oldest first; active where no newer evidence has come.

    A rise over baseline cannot be looked at without a baseline: that is an alert of its own.
    """
    fired = [alert for rule in policy.rules for alert in _fired(policy, rule, chart)]
    return (*_unknown_baseline(policy, chart), *sorted(fired, key=lambda alert: alert.at))


def repeats(policy: StopPolicy, chart: Chart) -> tuple[Due, ...]:
    """The repeat that a single high reading asks for, while no symptom came with it."""
    plan = policy.repeat
    if plan is None or _is_reported(plan.unless, chart.since_start):
        return ()
    high = [alert for alert in alerts(policy, chart) if alert.rule in plan.rules]
    if not high or not high[-1].active or _was_high_before(high, chart):
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
    relative: bool = False
    way: str = ""
    """For a change: over the baseline, or from it."""


def _scope(applies: Applies, chart: Chart) -> Log:
    return chart.log if applies == "always" else chart.since_start


def _fired(policy: StopPolicy, rule: Rule, chart: Chart) -> list[Alert]:
    scope = _scope(rule.applies or policy.applies, chart)
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
    if isinstance(condition, Threshold):
        return _met_threshold(condition, content, baseline)
    return _met_symptom(condition, content)


def _met_threshold(
    condition: Threshold, content: Content, baseline: Baseline | None
) -> _Met | None:
    value = value_of(content, condition.measure)
    if value is None or not is_met(condition, value, baseline):
        return None
    words = _threshold_words(condition, value, baseline)
    claims = condition.limit.claims
    return _Met(condition.measure, words, claims, condition.relative, _way(condition))


def _threshold_words(condition: Threshold, value: int, baseline: Baseline | None) -> str:
    """A whole sentence; for a pressure only the side or the change that this condition names."""
    name = f"{MEASURE_WORDS[condition.measure]} {value}"
    base = base_of(condition.measure, baseline)
    if condition.relative and base is not None:
        change = signed(value - base)
        far = f"{name} is {change} {_way(condition)} baseline {plain(base)}"
        return change if condition.measure in PRESSURE else far
    if condition.measure in PRESSURE:
        return f"{condition.measure} {condition.phrase(unit=False)}"
    if condition.comparator in ("above", "below"):
        return f"{name} {condition.limit.unit} is {condition.phrase()}"
    return f"{name}; the rule is {condition.phrase(unit=False)}"


def _way(condition: Threshold) -> str:
    return "over" if condition.comparator in UPWARD else "from"


def _met_symptom(condition: Reported, content: Content) -> _Met | None:
    if not isinstance(content, Symptom) or content.severity == "none":
        return None
    if content.symptom not in condition.symptoms:
        return None
    detail = f": {content.detail}" if content.detail else ""
    words = f"{SYMPTOM_WORDS[content.symptom]}, {content.severity}{detail}"
    return _Met(content.symptom, words, condition.claims)


def _is_reported(condition: Reported, log: Log) -> bool:
    """True while one of the symptoms is there by the newest word on it."""
    newest = {s.content.symptom: s.content for s in of(log, Symptom)}
    return any(_met_symptom(condition, content) for content in newest.values())


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
        detail="; ".join(_details(standing, met, baseline)),
        at=standing.at,
        trigger=standing.id,
        claims=tuple(dict.fromkeys(claim for m in met for claim in m.claims)),
        seen_by=None,
        seen_at=None,
        active=active,
        subject=ASKED_AS.get(met[0].subject, met[0].subject),
    )


def _details(
    standing: Standing[Content], met: list[_Met], baseline: Baseline | None
) -> Iterator[str]:
    """Both values of a pressure are said together: "165/90 is +45 over baseline 120/78"."""
    changes = [m for m in met if m.relative and m.subject in PRESSURE]
    sides = [m.words for m in met if not m.relative and m.subject in PRESSURE]
    if changes and baseline is not None:
        yield _change_of_pressure(standing, changes, baseline)
    if sides:
        (pressure,) = pressures((standing,))
        yield f"{pressure}: {', '.join(sides)}"
    yield from (m.words for m in met if m.subject not in PRESSURE)


def _change_of_pressure(
    standing: Standing[Content], changes: list[_Met], baseline: Baseline
) -> str:
    (pressure,) = pressures((standing,))
    change = "/".join(m.words for m in changes)
    if [m.subject for m in changes] == ["diastolic"]:
        change += " diastolic"
    before = f"{plain(baseline.systolic)}/{plain(baseline.diastolic)}"
    return f"{pressure} is {change} {changes[0].way} baseline {before}"


def _unknown_baseline(policy: StopPolicy, chart: Chart) -> tuple[Alert, ...]:
    """An infusion that runs without a baseline: the rule is silent, and that is said aloud."""
    conditions = [c for rule in policy.rules for c in rule.any_of]
    relative = [c for c in conditions if isinstance(c, Threshold) and c.relative]
    if not relative or chart.giving is None or chart.baseline is not None:
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
            claims=tuple(dict.fromkeys(claim for c in relative for claim in c.limit.claims)),
            seen_by=None,
            seen_at=None,
            active=True,
            subject="baseline",
        ),
    )


def _was_high_before(high: list[Alert], chart: Chart) -> bool:
    """True when the pressure before the newest fired as well: then it is not a single one."""
    earlier = [p.entry for p in pressures(chart.since_start) if p.entry != high[-1].trigger]
    return bool(earlier) and earlier[-1] in {alert.trigger for alert in high}
