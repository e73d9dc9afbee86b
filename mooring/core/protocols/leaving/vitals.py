"""Criteria that a measurement decides: fresh ones from after the drug, against the baseline."""

from datetime import datetime

from mooring.core.protocols.conditions import OFF_BASELINE, Threshold, base_of, is_met
from mooring.core.protocols.leaving.criterion import Criterion, met, not_yet
from mooring.core.protocols.leaving.policy import LeavePolicy, Measured
from mooring.core.session.chart import Chart, newest, plain
from mooring.core.session.chart import Measured as Found
from mooring.core.session.checks import ASKED_AS
from mooring.core.session.entries import Reading, minutes

NAMES = {
    "blood_pressure": "blood pressure",
    "heart_rate": "heart rate",
    "spo2": "SpO2",
    "respiratory_rate": "respiratory rate",
    "sedation": "MOAA/S",
}


def measured(policy: LeavePolicy, needed: Measured, chart: Chart) -> Criterion:
    """One criterion by the newest values from after the drug. Unknown is open, never met."""
    check = ASKED_AS[needed.all_of[0].measure]
    claims = tuple(dict.fromkeys(claim for one in needed.all_of for claim in one.limit.claims))
    found = [newest(chart.since_end, one.measure) for one in needed.all_of]
    values = [one for one in found if one is not None]
    if len(values) < len(found):
        done = "scored" if check == "sedation" else "measured"
        words = f"{NAMES[check]} is not {done} after {chart.ended_words}"
        return not_yet(needed.id, words, claims)
    words = _value(check, values)
    if needed.on_room_air:
        on_oxygen = _on_oxygen(values[-1], words)
        if on_oxygen is not None:
            return not_yet(needed.id, on_oxygen, claims)
        words += " on room air"
    open_words = _unmet(needed, values, words, chart)
    if open_words is not None:
        return not_yet(needed.id, open_words, claims)
    if needed.all_of[0].relative:
        words = f"{words} is {_near(needed, chart)}"
    return _fresh(policy, chart, needed.id, words, values[-1].at, claims)


def _value(check: str, values: list[Found]) -> str:
    number = "/".join(str(one.value) for one in values)
    return f"{NAMES[check]} {number}{' %' if check == 'spo2' else ''}"


def _on_oxygen(found: Found, words: str) -> str | None:
    """Why a value does not count as one on room air; None when it does."""
    content = found.entry.content
    litres = content.oxygen_litres_per_minute if isinstance(content, Reading) else None
    if litres is None:
        return f"{words}; whether on room air is not recorded"
    if litres > 0:
        return f"{words} with {plain(litres)} L/min of oxygen, room air is needed"
    return None


def _unmet(needed: Measured, values: list[Found], words: str, chart: Chart) -> str | None:
    """What is still open in words; None when every condition is met."""
    pairs = zip(needed.all_of, values, strict=True)
    outcomes = [is_met(one, found.value, chart.baseline) for one, found in pairs]
    first = needed.all_of[0]
    if None in outcomes:
        whole = chart.baseline is None
        return "the baseline is unknown" if whole else f"the {_name(first)} at baseline is unknown"
    if all(outcomes):
        return None
    if first.relative:
        return f"{words} is not {_near(needed, chart)}"
    unit = " %" if first.measure == "spo2" else ""
    return f"{words}, {plain(first.limit.value)}{unit} is needed"


def _name(threshold: Threshold) -> str:
    return NAMES[ASKED_AS[threshold.measure]]


def _near(needed: Measured, chart: Chart) -> str:
    """For example "within 20 % of baseline 120/78"."""
    bases = [base_of(one.measure, chart.baseline) for one in needed.all_of]
    shown = "/".join(plain(base) for base in bases if base is not None)
    first = needed.all_of[0]
    amount = f"{plain(abs(first.limit.value))} {first.limit.unit}"
    return f"{OFF_BASELINE[first.comparator].format(amount)} baseline {shown}"


def _fresh(
    policy: LeavePolicy, chart: Chart, name: str, words: str, at: datetime, claims: tuple[str, ...]
) -> Criterion:
    """Met, unless the value is too old to speak for now."""
    limit = policy.not_older_than
    if chart.now - at > minutes(limit.value):
        stale = f"{words}, but that is older than {plain(limit.value)} min"
        return not_yet(name, stale, (*claims, *limit.claims))
    return met(name, words[0].upper() + words[1:], claims)
