"""The session as numbers to draw: for the screen's chart, and in words for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from mooring.core.protocols.conditions import (
    UPWARD,
    Threshold,
    line_at,
    line_words,
    short_name,
)
from mooring.core.protocols.stopping.policy import StopPolicy
from mooring.core.session.chart import Measure, plain
from mooring.core.session.policies import SessionPolicies
from mooring.core.session.view import Baseline, SessionView

OWN_AXIS = ("spo2", "moaas", "respiratory_rate")
"""Measures that share no axis with the pressures and the heart rate."""
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
            {
                "id": str(entry),
                "at": at.isoformat(),
                **{name: getattr(reading, name) for name in VITALS},
            }
            for at, entry, reading in view.readings
        ],
        "steps": [
            {"at": step.at.isoformat(), "rate": float(step.rate_mg_per_minute)}
            for step in view.dose_steps
        ],
        "doses": [
            {"at": at.isoformat(), "label": f"{plain(milligrams)} mg"}
            for at, milligrams in given(view)
        ],
        "stops": lines(policies, view),
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


@dataclass(frozen=True)
class Limit:
    """A value at which a rule fires, as a line of the chart."""

    threshold: Threshold
    value: Decimal

    @property
    def measure(self) -> Measure:
        """What is measured."""
        return self.threshold.measure

    @property
    def upward(self) -> bool:
        """True where a rising value reaches it."""
        return self.threshold.comparator in UPWARD

    @property
    def words(self) -> str:
        """Which side of the line: "165 or more (baseline +45)"."""
        return line_words(self.threshold, self.value)


def limits(policies: SessionPolicies, baseline: Baseline | None) -> Iterator[Limit]:
    """Every value at which a rule fires; a rise needs a baseline to have one."""
    for policy in policies.stopping:
        for threshold in thresholds(policy):
            value = line_at(threshold, baseline)
            if value is not None:
                yield Limit(threshold, value)


def lines(policies: SessionPolicies, view: SessionView) -> list[dict[str, Any]]:
    """The lines in sight: on each side of each measure the last one reached, and the next.

    Lines at one value of one axis are one line with the words of all.
    """
    seen = [one for group in by_side(limits(policies, view.baseline)) for one in near(group, view)]
    at: dict[tuple[str, Decimal], list[Limit]] = {}
    for one in seen:
        axis = one.measure if one.measure in OWN_AXIS else "vital"
        at.setdefault((axis, one.value), []).append(one)
    return [line(group) for group in at.values()]


def by_side(found: Iterable[Limit]) -> list[list[Limit]]:
    """The limits of each side of each measure, the one that is reached first in front."""
    sides: dict[tuple[Measure, bool], list[Limit]] = {}
    for one in found:
        sides.setdefault((one.measure, one.upward), []).append(one)
    return [
        sorted(group, key=lambda one: one.value, reverse=not upward)
        for (_, upward), group in sides.items()
    ]


def near(side: list[Limit], view: SessionView) -> list[Limit]:
    """Of the limits of one side the last that a reading has reached, and the next."""
    held = (getattr(reading, side[0].measure, None) for _, _, reading in view.readings)
    values = [value for value in held if value is not None]
    reached = [
        one for one in side
        if any(one.value <= v if one.upward else one.value >= v for v in values)
    ]  # fmt: skip
    return [*reached[-1:], *(one for one in side if one not in reached)][: 1 + bool(reached)]


def line(group: list[Limit]) -> dict[str, Any]:
    """One line of the chart, for all limits that stand there."""
    named: dict[str, list[str]] = {}
    for one in group:
        named.setdefault(one.words, []).append(short_name(one.measure))
    words = "; ".join(f"{' and '.join(dict.fromkeys(n))} {side}" for side, n in named.items())
    first = group[0]
    return {"measure": first.measure, "value": float(first.value), "label": words, "words": words}


def thresholds(policy: StopPolicy) -> Iterator[Threshold]:
    """The conditions of a policy that have a number; a symptom has none."""
    for rule in policy.rules:
        yield from (one for one in rule.any_of if isinstance(one, Threshold))


def claims_of_limits(policies: SessionPolicies) -> tuple[str, ...]:
    """The claims behind the lines that the chart draws, each once."""
    found = (one for policy in policies.stopping for one in thresholds(policy))
    return tuple(dict.fromkeys(claim for one in found for claim in one.limit.claims))


def spoken(view: SessionView) -> str:
    """The chart in one sentence, for a screen reader."""
    newest = [f"{value.check.replace('_', ' ')} {value.text}" for value in view.latest]
    said = ", ".join(newest) if newest else "nothing measured yet"
    count = len(view.readings)
    return f"Chart of {count} readings. Newest: {said}. All values stand in the table below."
