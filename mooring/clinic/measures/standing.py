"""Where one assignment stands at a moment: it is answered, open, ahead, missed or cancelled."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from mooring.clinic.measures.models import Assignment, Response
from mooring.clinic.measures.schedule import opens_at


class Standing(StrEnum):
    """The five ways an assignment can stand."""

    ANSWERED = "answered"
    OPEN = "open"
    AHEAD = "ahead"
    MISSED = "missed"
    CANCELLED = "cancelled"


def response_to(assignment: Assignment) -> Response | None:
    """The answers to it; None while there are none."""
    return getattr(assignment, "response", None)


def standing(assignment: Assignment, now: datetime) -> Standing:
    """How it stands at `now`. One that was cancelled after it fell due counts as missed."""
    if response_to(assignment) is not None:
        return Standing.ANSWERED
    if assignment.cancelled_at is not None:
        return Standing.MISSED if was_due(assignment, now) else Standing.CANCELLED
    if now >= assignment.expires_at:
        return Standing.MISSED
    if now < opens_at(assignment.occasion, assignment.due_at):
        return Standing.AHEAD
    return Standing.OPEN


def was_due(assignment: Assignment, now: datetime) -> bool:
    """True when it fell due before `now` and before it was cancelled: it belongs under the line.

    Completeness is answered / due, and a scale that the next infusion cut short before its due
    time was never due.
    """
    ends = [now, assignment.cancelled_at] if assignment.cancelled_at else [now]
    return assignment.due_at <= min(ends)
