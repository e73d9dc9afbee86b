"""Making and closing assignments, inside an action's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.models import Course
from mooring.clinic.measures.models import Assignment
from mooring.clinic.measures.schedule import MEASURE, SAME_OCCASION, Slot
from mooring.clinic.measures.standing import Standing, standing
from mooring.clinic.measures.tokens import hashed, new_token
from mooring.clinic.sessions.models import TreatmentSession

NOTHING_LEFT = {
    Standing.ANSWERED: "The answers have arrived: there is nothing left to ask.",
    Standing.MISSED: "The time to answer is over: a later answer would belong to another week.",
    Standing.CANCELLED: "A newer treatment has started the clock anew: use the newer scale.",
}


def make(**facts: Any) -> Assignment:
    """A new assignment with a link of its own; the token is on the instance, this once."""
    token = new_token()
    made = Assignment.objects.create(**facts, token_hash=hashed(token))
    made.token = token
    return made


def new_link(assignment: Assignment, now: datetime) -> Assignment:
    """Put a new link in the old one's place. RefusedError when nothing is left to answer."""
    reason = NOTHING_LEFT.get(standing(assignment, now))
    if reason is not None:
        raise RefusedError(reason)
    assignment.token = new_token()
    assignment.token_hash = hashed(assignment.token)
    assignment.save(update_fields=["token_hash"])
    return assignment


def plan(course: Course, session: TreatmentSession | None, slot: Slot) -> Assignment:
    """Ask for the scale of a course in one slot."""
    return make(
        patient=course.patient,
        course=course,
        session=session,
        measure=MEASURE,
        occasion=slot.occasion,
        due_at=slot.due_at,
        expires_at=slot.expires_at,
    )


def not_planned(session: TreatmentSession, slots: Iterable[Slot]) -> list[Slot]:
    """Those slots of the session that were not planned before, at about the same time."""
    there = session.assignments.values_list("occasion", "due_at")
    return [
        slot
        for slot in slots
        if not any(o == slot.occasion and abs(at - slot.due_at) < SAME_OCCASION for o, at in there)
    ]


def close_earlier(session: TreatmentSession, ended_at: datetime, now: datetime) -> None:
    """Cancel what was still open from before this session; answered and missed ones stay."""
    before = Q(session__ended_at__lt=ended_at) | Q(session=None, occasion="baseline")
    session.course.assignments.filter(
        before, response=None, cancelled_at=None, expires_at__gt=ended_at
    ).update(cancelled_at=now)


def ended_sessions(session: TreatmentSession) -> QuerySet[TreatmentSession]:
    """The course's sessions in which no more drug goes in, earliest first."""
    ended = session.course.sessions.filter(ended_at__isnull=False, cancelled_at=None)
    return ended.order_by("ended_at")
