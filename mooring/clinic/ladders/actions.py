"""The only writers of ladders: a start, the review of a step, and the end, each with words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.courses.models import Course
from mooring.clinic.ladders.models import Ladder, StepReview
from mooring.clinic.ladders.reading import POLICY, policy_of, steps_taken
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.protocols.ladders.standing import Decision, Trouble


@action("ladder.start")
def start(by: Actor, *, course: Course, reason: str, now: datetime) -> Ladder:
    """Begin the ladder in a course that goes on. It orders nothing."""
    if by.user is None:
        raise RefusedError("A ladder is started by a person who is signed in.")
    if course.ended_at is not None:
        raise RefusedError("This course has ended: a ladder needs a course that goes on.")
    if course.ladders.filter(ended_at__isnull=True).exists():
        raise RefusedError("A ladder goes on in this course already: end that one first.")
    if not reason.strip():
        raise RefusedError("Say why the dose is found in steps.", field="reason")
    return Ladder.objects.create(
        course=course,
        policy=POLICY.id,
        policy_version=POLICY.version,
        reason=reason.strip(),
        started_by=by.user,
        started_at=now,
    )


@action("ladder.review")
def review(
    by: Actor,
    *,
    ladder: Ladder,
    session: TreatmentSession,
    answers: Mapping[str, Trouble | None],
    decision: Decision,
    words: str,
    now: datetime,
) -> StepReview:
    """Write down how a step went and what was decided. A later review takes its place."""
    policy = policy_of(ladder)
    if by.user is None:
        raise RefusedError("A review is written by a person who is signed in.")
    if ladder.ended_at is not None:
        raise RefusedError("This ladder has ended.")
    if session.pk not in {step.session.pk for step in steps_taken(ladder, now)}:
        raise RefusedError("This session is not a step of the ladder.")
    if session.ended_at is None:
        raise RefusedError("The step is still going on: it is reviewed afterwards.")
    if set(answers) != set(policy.checklist.items):
        raise RefusedError(f"The checklist asks: {', '.join(policy.checklist.items)}.")
    if not words.strip():
        raise RefusedError("Say how it went and why this was decided.", field="words")
    return StepReview.objects.create(
        ladder=ladder,
        session=session,
        answers={item: said and said.value for item, said in answers.items()},
        decision=decision.value,
        words=words.strip(),
        reviewed_at=now,
        reviewed_by=by.user,
    )


@action("ladder.start")
def end(by: Actor, *, ladder: Ladder, reason: str, now: datetime) -> Ladder:  # noqa: ARG001
    """End the ladder; its steps and reviews stay in the record."""
    if ladder.ended_at is not None:
        raise RefusedError("This ladder has ended already.")
    if not reason.strip():
        raise RefusedError("Say why the ladder ends.", field="reason")
    ladder.ended_at, ladder.end_reason = now, reason.strip()
    ladder.save(update_fields=["ended_at", "end_reason"])
    return ladder
