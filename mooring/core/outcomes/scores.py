"""Scores over time, each with the number of sessions that came before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True)
class DatedScore:
    """A filled-in scale: when, and its total. None when an item was left out."""

    taken_at: datetime
    total: int | None

    def __post_init__(self) -> None:
        if self.taken_at.tzinfo is None:
            raise ValueError("taken_at: a time needs its zone, for example UTC")


@dataclass(frozen=True)
class CurvePoint:
    """One complete score on the chart."""

    taken_at: datetime
    total: int
    sessions_before: int
    """Sessions whose drug had begun to go in at or before it; 0 is before the first."""
    change_percent: Decimal | None
    """Against the baseline, negative for a fall; None without a baseline above 0."""


def curve(
    scores: Sequence[DatedScore], sessions: Sequence[datetime], as_of: datetime
) -> tuple[CurvePoint, ...]:
    """The complete scores up to `as_of`, oldest first.

    `sessions` are the moments at which the drug of each began to go in. What lies after `as_of` is
    left out, so that an older view can be drawn again. Raises ValueError for a time without a zone.
    """
    if any(moment.tzinfo is None for moment in (*sessions, as_of)):
        raise ValueError("sessions, as_of: a time needs its zone, for example UTC")
    given = sorted(start for start in sessions if start <= as_of)
    complete = sorted(
        ((score.taken_at, score.total) for score in scores
         if score.total is not None and score.taken_at <= as_of),
    )  # fmt: skip
    counted = [(at, total, sum(start <= at for start in given)) for at, total in complete]
    before = [total for _, total, given_by_then in counted if given_by_then == 0]
    baseline = before[-1] if before else None
    return tuple(
        CurvePoint(at, total, given_by_then, _change(total, baseline))
        for at, total, given_by_then in counted
    )


def baseline_of(points: Sequence[CurvePoint]) -> CurvePoint | None:
    """The last complete score before the first session; None when there is none."""
    before = [point for point in points if point.sessions_before == 0]
    return before[-1] if before else None


def _change(total: int, baseline: int | None) -> Decimal | None:
    if baseline is None or baseline == 0:
        return None
    return Decimal(total - baseline) * 100 / baseline
