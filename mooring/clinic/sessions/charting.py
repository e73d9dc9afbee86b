"""The session as numbers to draw: for the screen's chart, and in words for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from mooring.core.protocols.conditions import Threshold, line_at, line_words
from mooring.core.protocols.stopping.policy import StopPolicy
from mooring.core.session.chart import plain
from mooring.core.session.policies import SessionPolicies
from mooring.core.session.view import Baseline, SessionView

VITALS = ("systolic", "diastolic", "heart_rate", "spo2")


def chart_of(policies: SessionPolicies, view: SessionView) -> dict[str, Any]:
    """Everything the chart draws; moments as ISO text, amounts as numbers."""
    zero = zero_of(view)
    planned = timedelta(seconds=view.planned_seconds)
    return {
        "zero": zero.isoformat(),
        "now": view.now.isoformat(),
        "end": (zero + planned if view.started_at else view.now).isoformat(),
        "readings": [
            {"at": at.isoformat(), **{name: getattr(reading, name) for name in VITALS}}
            for at, _, reading in view.readings
        ],
        "steps": [
            {"at": step.at.isoformat(), "rate": float(step.rate_mg_per_minute)}
            for step in view.dose_steps
        ],
        "doses": [
            {"at": at.isoformat(), "label": f"{plain(milligrams)} mg"}
            for at, milligrams in given(view)
        ],
        "stops": list(limits(policies, view.baseline)),
        "due": [{"at": due.due_at.isoformat(), "label": due.label} for due in view.due],
        "label": spoken(view),
    }


def given(view: SessionView) -> list[tuple[datetime, Decimal]]:
    """The doses that no pump gave: when, and how many milligrams."""
    return [
        (dose.given_at, dose.given_mg)
        for dose in view.doses
        if dose.given_at is not None and dose.given_mg is not None
    ]


def zero_of(view: SessionView) -> datetime:
    """Minute 0 of the axis: when the first drug went in; before that, the first reading."""
    if view.started_at is not None:
        return view.started_at
    return view.readings[0][0] if view.readings else view.now


def limits(policies: SessionPolicies, baseline: Baseline | None) -> Iterator[dict[str, Any]]:
    """The values at which a rule fires, in words too; a rise needs a baseline to have one."""
    for policy in policies.stopping:
        yield from limits_of(policy, baseline)


def limits_of(policy: StopPolicy, baseline: Baseline | None) -> Iterator[dict[str, Any]]:
    """The limits of one stop policy."""
    for threshold in thresholds(policy):
        value = line_at(threshold, baseline)
        if value is not None:
            yield limit(threshold.measure, value, line_words(threshold, value))


def thresholds(policy: StopPolicy) -> Iterator[Threshold]:
    """The conditions of a policy that have a number; a symptom has none."""
    for rule in policy.rules:
        yield from (one for one in rule.any_of if isinstance(one, Threshold))


def claims_of_limits(policies: SessionPolicies) -> tuple[str, ...]:
    """The claims behind the lines that the chart draws, each once."""
    found = (one for policy in policies.stopping for one in thresholds(policy))
    return tuple(dict.fromkeys(claim for one in found for claim in one.limit.claims))


def limit(measure: str, value: Decimal, words: str) -> dict[str, Any]:
    """One line of the chart."""
    return {"measure": measure, "value": float(value), "label": words, "words": words}


def spoken(view: SessionView) -> str:
    """The chart in one sentence, for a screen reader."""
    newest = [f"{value.check.replace('_', ' ')} {value.text}" for value in view.latest]
    said = ", ".join(newest) if newest else "nothing measured yet"
    count = len(view.readings)
    return f"Chart of {count} readings. Newest: {said}. All values stand in the table below."
