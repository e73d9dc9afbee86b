"""Answers on their way: kept in the web session, so that a reload or a dead battery loses nothing.

A draft is deleted when it is sent, and with the session when it is not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mooring.clinic.measures.models import Assignment, Response
from mooring.core.measures import MEASURES, Item, SummedMeasure

SENT = "scale-sent"


@dataclass
class Draft:
    """What has been chosen so far for one assignment."""

    measure: SummedMeasure
    started_at: datetime
    chosen: dict[str, int | None] = field(default_factory=dict)
    """By item id, in any order; None is "I would rather not say"."""

    @property
    def answers(self) -> dict[str, int]:
        """The answers given, as they are sent and scored."""
        return {item: value for item, value in self.chosen.items() if value is not None}

    @property
    def declined(self) -> frozenset[str]:
        """The items that the person would rather not answer."""
        return frozenset(item for item, value in self.chosen.items() if value is None)

    @property
    def first_open(self) -> int | None:
        """The number of the first question nothing was chosen for; None when all are done."""
        numbered = enumerate(self.measure.items, 1)
        return next((n for n, item in numbered if item.id not in self.chosen), None)

    def after(self, number: int) -> int | None:
        """The question that follows: the next one, a skipped one at the end, None for the check."""
        first_open = self.first_open
        is_last = number >= len(self.measure.items)
        return first_open if first_open is None or is_last else number + 1

    def choose(self, item: Item, value: str) -> bool:
        """Take what a button sent: an option's value or "none"; False when it is neither."""
        known: dict[str, int | None] = {str(o.value): o.value for o in self.measure.options}
        known["none"] = None
        if value not in known:
            return False
        self.chosen[item.id] = known[value]
        return True


def begin(session: Any, assignment: Assignment, now: datetime) -> Draft:
    """The draft there is, or a new one."""
    draft = load(session, assignment) or Draft(MEASURES[assignment.measure], now)
    save(session, assignment, draft)
    return draft


def load(session: Any, assignment: Assignment) -> Draft | None:
    """The draft kept in this web session; None when there is none."""
    kept = session.get(key(assignment))
    if kept is None:
        return None
    started_at = datetime.fromisoformat(kept["started_at"])
    return Draft(MEASURES[assignment.measure], started_at, kept["chosen"])


def save(session: Any, assignment: Assignment, draft: Draft) -> None:
    """Keep the draft."""
    session[key(assignment)] = {
        "started_at": draft.started_at.isoformat(),
        "chosen": draft.chosen,
    }


def sent(session: Any, response: Response) -> None:
    """Forget the draft, and remember that this browser sent these answers."""
    session.pop(key(response.assignment), None)
    session[SENT] = str(response.id)


def was_sent_here(session: Any, response: Response) -> bool:
    """True in the browser that sent these answers; another one with the link learns nothing."""
    return bool(session.get(SENT) == str(response.id))


def key(assignment: Assignment) -> str:
    """Where in the web session the draft of an assignment is."""
    return f"scale:{assignment.id}"
