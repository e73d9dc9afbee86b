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
        was_due = assignment.due_at <= assignment.cancelled_at
        return Standing.MISSED if was_due else Standing.CANCELLED
    if now >= assignment.expires_at:
        return Standing.MISSED
    if now < opens_at(assignment.occasion, assignment.due_at):
        return Standing.AHEAD
    return Standing.OPEN
