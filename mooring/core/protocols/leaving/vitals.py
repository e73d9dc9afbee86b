"""Criteria that a measurement decides: fresh ones from after the drug, against the baseline."""

from datetime import datetime
from decimal import Decimal

from mooring.core.protocols.leaving.criterion import Criterion, met, not_yet
from mooring.core.protocols.leaving.policy import LeavePolicy
from mooring.core.session.baseline import pressures
from mooring.core.session.chart import Chart, newest, plain
from mooring.core.session.entries import Reading, minutes
from mooring.core.session.standing import of


def sedation(policy: LeavePolicy, chart: Chart) -> Criterion:
    """The newest sedation score is high enough."""
    needed = policy.sedation_at_least
    found = newest(chart.since_end, "moaas")
    if found is None:
        words = f"MOAA/S is not scored after {chart.ended_words}"
        return not_yet("sedation", words, needed.claims)
    if found.value < needed.value:
        words = f"MOAA/S {found.value}, {plain(needed.value)} is needed"
        return not_yet("sedation", words, needed.claims)
    return _fresh(policy, chart, "sedation", f"MOAA/S {found.value}", found.at, needed.claims)


def blood_pressure(policy: LeavePolicy, chart: Chart) -> Criterion:
    """Both values of the newest blood pressure are within the policy's percentage of baseline."""
    within, before = policy.vitals.within, chart.baseline
    found = pressures(chart.since_end)
    if not found:
        words = f"blood pressure is not measured after {chart.ended_words}"
        return not_yet("blood_pressure", words, within.claims)
    if before is None:
        return not_yet("blood_pressure", "the baseline is unknown", within.claims)
    last = found[-1]
    values = ((last.systolic, before.systolic), (last.diastolic, before.diastolic))
    to = f"of baseline {plain(before.systolic)}/{plain(before.diastolic)}"
    if not all(_is_within(policy, value, base) for value, base in values):
        words = f"blood pressure {last} is not within {plain(within.value)} % {to}"
        return not_yet("blood_pressure", words, within.claims)
    words = f"Blood pressure {last} is within {plain(within.value)} % {to}"
    return _fresh(policy, chart, "blood_pressure", words, last.at, within.claims)


def heart_rate(policy: LeavePolicy, chart: Chart) -> Criterion:
    """The newest heart rate is within the policy's percentage of baseline."""
    within = policy.vitals.within
    before = None if chart.baseline is None else chart.baseline.heart_rate
    found = newest(chart.since_end, "heart_rate")
    if found is None:
        words = f"heart rate is not measured after {chart.ended_words}"
        return not_yet("heart_rate", words, within.claims)
    if before is None:
        return not_yet("heart_rate", "the heart rate at baseline is unknown", within.claims)
    to = f"within {plain(within.value)} % of baseline {plain(before)}"
    if not _is_within(policy, found.value, before):
        return not_yet("heart_rate", f"heart rate {found.value} is not {to}", within.claims)
    words = f"Heart rate {found.value} is {to}"
    return _fresh(policy, chart, "heart_rate", words, found.at, within.claims)


def room_air(policy: LeavePolicy, chart: Chart) -> Criterion:
    """The newest oxygen saturation was taken on room air, and is high enough."""
    needed = policy.room_air_spo2_at_least
    taken = [r for r in of(chart.since_end, Reading) if r.content.spo2 is not None]
    found = newest(taken, "spo2")
    if found is None:
        words = f"SpO2 is not measured after {chart.ended_words}"
        return not_yet("spo2", words, needed.claims)
    litres = taken[-1].content.oxygen_litres_per_minute
    value = f"SpO2 {found.value} %"
    if litres is None:
        words = f"{value}; whether on room air is not recorded"
        return not_yet("spo2", words, needed.claims)
    if litres > 0:
        words = f"{value} with {plain(litres)} L/min of oxygen, room air is needed"
        return not_yet("spo2", words, needed.claims)
    if found.value < needed.value:
        words = f"{value} on room air, {plain(needed.value)} % is needed"
        return not_yet("spo2", words, needed.claims)
    return _fresh(policy, chart, "spo2", f"{value} on room air", found.at, needed.claims)


def _is_within(policy: LeavePolicy, value: int, before: Decimal) -> bool:
    """Compared without dividing, so that exactly the limit is within it."""
    return abs(value - before) * 100 <= policy.vitals.within.value * before


def _fresh(
    policy: LeavePolicy, chart: Chart, name: str, words: str, at: datetime, claims: tuple[str, ...]
) -> Criterion:
    """Met, unless the value is too old to speak for now."""
    limit = policy.not_older_than
    if chart.now - at > minutes(limit.value):
        stale = f"{words}, but that is older than {plain(limit.value)} min"
        return not_yet(name, stale, (*claims, *limit.claims))
    return met(name, words, claims)
