"""How many of the scales that fell due were answered: the number and the number it is of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mooring.clinic.measures.models import Assignment
from mooring.clinic.measures.standing import Standing, response_to, standing


@dataclass(frozen=True)
class Completeness:
    """Answered of due."""

    answered: int
    due: int

    @property
    def words(self) -> str:
        """For example "answered 7 of 9 due"."""
        return f"answered {self.answered} of {self.due} due" if self.due else "nothing was due yet"


def fallen_due(assignments: Iterable[Assignment], now: datetime) -> list[Assignment]:
    """Those that count: answered or missed.

    One that can still be answered is left out, and so is one that the next session cut short
    before it was due: neither was missed.
    """
    settled = (Standing.ANSWERED, Standing.MISSED)
    return [a for a in assignments if standing(a, now) in settled]


def completeness(assignments: Iterable[Assignment], now: datetime) -> Completeness:
    """Over these assignments, at `now`."""
    due = fallen_due(assignments, now)
    return Completeness(sum(response_to(a) is not None for a in due), len(due))
