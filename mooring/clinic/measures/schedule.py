"""When a scale is asked: the clock hangs on the last drug of a session, and each window closes.

A new session starts the clock anew, so that a score always says how long after which treatment
it was given. The lengths below are the clinic's choice; each says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

MEASURE = "phq9"

DAY_AFTER = timedelta(hours=24)
"""The effect is said to peak about 24 hours after a dose (S2.48)."""
WEEK = timedelta(days=7)
WEEKS = 12
"""Twelve weeks: as far as published curves of lasting response are read (28, 56 and 84 days)."""
SAME_OCCASION = timedelta(hours=12)
"""A corrected end of the drug moves nothing that is nearer than this to what was planned."""


@dataclass(frozen=True)
class Window:
    """How long before and after its due time a scale may be begun."""

    before: timedelta
    after: timedelta


WINDOWS = {
    # The scale looks back over two weeks: what is older says little about the first session.
    "baseline": Window(timedelta(0), timedelta(days=14)),
    # A day is a day: from 20 to 48 hours. Later than that the first weekly score is the better one.
    "24h": Window(timedelta(hours=4), timedelta(hours=24)),
    # Four days in all, so that the windows of two weeks never touch.
    "weekly": Window(timedelta(days=1), timedelta(days=3)),
}


@dataclass(frozen=True)
class Slot:
    """One occasion on which a scale is asked."""

    occasion: str
    due_at: datetime

    @property
    def expires_at(self) -> datetime:
        """When its window closes."""
        return self.due_at + WINDOWS[self.occasion].after


def opens_at(occasion: str, due_at: datetime) -> datetime:
    """The first moment at which the scale may be begun."""
    return due_at - WINDOWS[occasion].before


def after_session(ended_at: datetime, until: datetime | None = None) -> Iterator[Slot]:
    """The slots that follow a session, up to the next one if that is known (`until`)."""
    yield from (slot for slot in _all_after(ended_at) if until is None or slot.due_at < until)


def _all_after(ended_at: datetime) -> Iterator[Slot]:
    yield Slot("24h", ended_at + DAY_AFTER)
    for week in range(1, WEEKS + 1):
        yield Slot("weekly", ended_at + week * WEEK)
