"""Applies a start policy: what still holds the start, each in one line. Missing is never fine."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mooring.core.drugs.drug import Route
from mooring.core.protocols.starting import nasal, pressure
from mooring.core.protocols.starting.fasting import too_soon
from mooring.core.protocols.starting.policy import Measured, StartPolicy
from mooring.core.protocols.starting.taken import to_weigh
from mooring.core.protocols.starting.weighing import still_open, weighed
from mooring.core.session.baseline import seated_pressures
from mooring.core.session.chart import MEASURE_WORDS, Chart, newest, plain
from mooring.core.session.check_in import answered, identifiers
from mooring.core.session.entries import CheckIn, Symptom, minutes, minutes_between
from mooring.core.session.labels import SYMPTOM_WORDS
from mooring.core.session.standing import of
from mooring.core.session.view import Alert, Blocker, WeighedHold


@dataclass(frozen=True)
class Held:
    """What holds the start, and what would hold it had a prescriber not decided to go on."""

    open: tuple[Blocker, ...]
    weighed: tuple[WeighedHold, ...]


def held(
    policy: StartPolicy,
    chart: Chart,
    alerts: Sequence[Alert],
    route: Route = Route.INTRAVENOUS_INFUSION,
) -> Held:
    """What holds the start at `chart.now`; nothing once drug went in.

    What was taken today is read for the route of the order.
    """
    found = _holds(policy, chart, alerts, route)
    return Held(still_open(found, chart.log), weighed(found, chart.log))


def _holds(
    policy: StartPolicy, chart: Chart, alerts: Sequence[Alert], route: Route
) -> tuple[Blocker, ...]:
    if chart.giving is not None:
        return ()
    return (
        *_check_in(policy, chart),
        *too_soon(policy, chart),
        *_taken(policy, chart, route),
        *_pair(policy, chart),
        *(held for needed in policy.measured for held in _measured(policy, needed, chart)),
        *pressure.to_weigh(policy, chart),
        *_symptoms(policy, chart),
        *_active_rules(policy, alerts),
    )


def _check_in(policy: StartPolicy, chart: Chart) -> Iterator[Blocker]:
    """Answers may come in several check-in entries; an unanswered one never erases an answer."""
    if not of(chart.log, CheckIn):
        yield Blocker("check_in", "Check-in is not done", policy.asked[0].claims)
        return
    yield from _identity(policy, chart)
    for asked in policy.asked:
        if not answered(chart.log, asked.field):
            yield Blocker(f"check_in.{asked.field}", asked.missing, asked.claims)


def _identity(policy: StartPolicy, chart: Chart) -> Iterator[Blocker]:
    needed, known = policy.identifiers, len(identifiers(chart.log))
    if needed is None or known >= needed.value:
        return
    counted = f"{known} so far" if known else "none so far"
    words = f"Identity: {plain(needed.value)} identifiers told by the patient are needed, {counted}"
    yield Blocker("check_in.identity", words, needed.claims)


def _taken(policy: StartPolicy, chart: Chart, route: Route) -> Iterator[Blocker]:
    if policy.taken_today is not None:
        yield from to_weigh(policy.taken_today, chart.log, route)
        yield from nasal.to_weigh(policy, chart.log)


def _pair(policy: StartPolicy, chart: Chart) -> Iterator[Blocker]:
    rule = policy.baseline
    pair = seated_pressures(chart.log)[-2:]
    if len(pair) < 2:
        counted = "none" if not pair else "one"
        words = f"Baseline: two seated blood pressures are needed, {counted} so far"
        yield Blocker("baseline.pair", words, rule.claims)
        return
    older, newer = pair
    apart = minutes_between(older.at, newer.at)
    if not rule.apart_at_least.value <= apart <= rule.apart_at_most.value:
        least, most = plain(rule.apart_at_least.value), plain(rule.apart_at_most.value)
        words = (
            f"Baseline: the two newest seated blood pressures are {int(apart)} min apart; "
            f"{least} to {most} min are needed"
        )
        yield Blocker("baseline.apart", words, rule.claims)
    if chart.now - newer.at > minutes(rule.not_older_than.value):
        words = f"Baseline is older than {plain(rule.not_older_than.value)} min: measure again"
        yield Blocker("baseline.age", words, rule.not_older_than.claims)


def _measured(policy: StartPolicy, needed: Measured, chart: Chart) -> Iterator[Blocker]:
    found = newest(chart.log, needed.measure)
    name = MEASURE_WORDS[needed.measure]
    if found is None:
        if not _told_with_systolic(policy, needed):
            yield Blocker(needed.measure, f"{name} is not measured", needed.claims)
        return
    fresh = policy.baseline.not_older_than
    stale = chart.now - found.at > minutes(fresh.value)
    if stale and not _told_with_systolic(policy, needed):
        words = f"{name} is older than {plain(fresh.value)} min: measure again"
        yield Blocker(f"{needed.measure}.age", words, fresh.claims)
    for threshold in needed.hold_when:
        if threshold.met_by(Decimal(found.value)):
            words = f"{name} {found.value} is {threshold.phrase()}"
            yield Blocker(f"{needed.measure}.limit", words, needed.claims)


def _told_with_systolic(policy: StartPolicy, needed: Measured) -> bool:
    """True for the other value of one pressure: that it is missing or old is said once."""
    others = {one.measure for one in policy.measured}
    return needed.measure == "diastolic" and "systolic" in others


def _symptoms(policy: StartPolicy, chart: Chart) -> Iterator[Blocker]:
    newest_severity = {s.content.symptom: s.content.severity for s in of(chart.log, Symptom)}
    for symptom in policy.hold_for.symptoms:
        severity = newest_severity.get(symptom, "none")
        if severity != "none":
            words = f"{SYMPTOM_WORDS[symptom]} is reported, {severity}"
            yield Blocker(f"symptom.{symptom}", words, policy.hold_for.claims)


def _active_rules(policy: StartPolicy, alerts: Sequence[Alert]) -> Iterator[Blocker]:
    for alert in alerts:
        if alert.active and alert.level != "caution":
            words = f"{alert.title}: {alert.detail}"
            yield Blocker(f"rule.{alert.rule}", words, (*policy.no_active_rule, *alert.claims))
