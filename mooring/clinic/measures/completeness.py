"""How many of the scales that fell due were answered: the number and the number it is of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mooring.clinic.measures.models import Assignment
from mooring.clinic.measures.standing import response_to, was_due


@dataclass(frozen=True)
class Completeness:
    """Answered of due. A scale answered before its due time counts on both sides."""

    answered: int
    due: int

    @property
    def words(self) -> str:
        """For example "answered 7 of 9 due"."""
        return f"answered {self.answered} of {self.due} due" if self.due else "nothing was due yet"


def fallen_due(assignments: Iterable[Assignment], now: datetime) -> list[Assignment]:
    """Those that count: answered, or due before now and before they were cancelled."""
    return [a for a in assignments if response_to(a) is not None or was_due(a, now)]


def completeness(assignments: Iterable[Assignment], now: datetime) -> Completeness:
    """Over these assignments, at `now`."""
    due = fallen_due(assignments, now)
    return Completeness(sum(response_to(a) is not None for a in due), len(due))
