"""Asking for a scale and answering it: the only writers of assignments and responses."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.courses.models import Course
from mooring.clinic.measures import schedule
from mooring.clinic.measures.models import Assignment, Response, WatchedAnswer
from mooring.clinic.measures.planning import (
    close_earlier,
    ended_sessions,
    make,
    new_link,
    not_planned,
    plan,
)
from mooring.clinic.measures.requirements import (
    require_answerable,
    require_known,
    require_same_patient,
    require_window,
)
from mooring.clinic.measures.schedule import Slot
from mooring.clinic.measures.self_harm import call, calls, is_watched, raise_alarm
from mooring.clinic.people.models import Patient
from mooring.clinic.permissions import Role
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.measures import MEASURES, Score


def by_link(patient: Patient) -> Actor:
    """The patient, who came through a personal link and may write about themselves only."""
    return Actor(
        name=patient.name, roles=frozenset({Role.PATIENT}), kind="patient link", patient=patient.id
    )


@action("measure.assign")
def assign(
    by: Actor,  # noqa: ARG001
    *,
    patient: Patient,
    measure: str,
    occasion: str,
    due_at: datetime,
    expires_at: datetime,
    course: Course | None = None,
    session: TreatmentSession | None = None,
    now: datetime,
) -> Assignment:
    """Ask one patient for one scale. Asking the same again gives the assignment there is.

    A new one carries its link's token as `assignment.token`, this once; only its hash is stored.
    Raises RefusedError for an unknown scale or occasion, for a window that ends before it is due
    or has ended already, and for a course or session of somebody else.
    """
    require_known(measure, occasion)
    require_window(due_at, expires_at, now)
    require_same_patient(patient, course, session)
    asked = {"patient": patient, "measure": measure, "occasion": occasion, "due_at": due_at}
    there = Assignment.objects.filter(**asked, session=session, cancelled_at=None).first()
    return there or make(**asked, expires_at=expires_at, course=course, session=session)


@action("measure.assign")
def renew_link(by: Actor, *, assignment: Assignment, now: datetime) -> Assignment:  # noqa: ARG001
    """Make a new link for an assignment that is still to be answered; the old link dies.

    The token is on the returned assignment, this once. Raises RefusedError when there is nothing
    left to answer.
    """
    return new_link(assignment, now)


@action("measure.answer")
def start_own(by: Actor, *, assignment: Assignment, now: datetime) -> Assignment:  # noqa: ARG001
    """Make a link for the patient who is signed in and starts one of their own scales."""
    return new_link(assignment, now)


@action("measure.assign")
def plan_baseline(by: Actor, *, course: Course, now: datetime) -> Assignment:  # noqa: ARG001
    """Ask for the scale before the first session of a course; it can be answered at once.

    Planned twice it stays one. Raises RefusedError once a session of the course has started:
    what is answered then is no baseline.
    """
    if course.sessions.filter(started_at__isnull=False).exists():
        raise RefusedError("The first session has started: a scale asked now is no baseline.")
    asked = course.assignments.filter(occasion="baseline", cancelled_at=None)
    there = asked.exclude(response=None, expires_at__lte=now).last()
    return there or plan(course, None, Slot("baseline", now))


@action("measure.assign")
def plan_after_session(by: Actor, *, session: TreatmentSession, now: datetime) -> TreatmentSession:  # noqa: ARG001
    """Ask for the scale 24 hours after a session's drug is in and weekly from it: a new clock.

    What was still open from before this session is cancelled, never what was answered or missed.
    Planned twice, or again after a small correction of the end, nothing is asked twice. Raises
    RefusedError while drug is still to go in.
    """
    if session.ended_at is None:
        raise RefusedError("Drug is still to go in: the clock starts once the last of it is in.")
    close_earlier(session, session.ended_at, now)
    following = ended_sessions(session).filter(ended_at__gt=session.ended_at).first()
    until = following.ended_at if following else None
    for slot in not_planned(session, schedule.after_session(session.ended_at, until)):
        plan(session.course, session, slot)
    return session


@action("measure.answer")
def note_watched(
    by: Actor, *, assignment: Assignment, item: str, value: int | None, now: datetime
) -> WatchedAnswer:
    """Keep one choice on a watched question when it is made; one that calls someone opens the
    task at once, before the form is sent. None is "I would rather not say"."""
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    if not is_watched(locked, item):
        raise RefusedError(f"{item}: no answer to it calls anyone.", field="item")
    scored_or_refused(locked.measure, {} if value is None else {item: value})
    made = WatchedAnswer.objects.create(assignment=locked, item=item, value=value, given_at=now)
    found = calls(locked, item, value)
    call(by, locked, (found,) if found else (), now)
    return made


@action("measure.answer")
def answer(
    by: Actor,
    *,
    assignment: Assignment,
    answers: Mapping[str, int],
    started_at: datetime,
    now: datetime,
) -> Response:
    """Store a patient's answers, scored by item id; an item that is not among them was left out
    on purpose, and leaves the total unknown.

    Answers begun within the window count, however long they took. Any answer above 0 to the
    self-harm item, or none on purpose, opens a task in the same transaction, or adds to the one
    that was opened when it was given. Raises RefusedError for a second sending,
    a closed window, or answers that do not fit the scale.
    """
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    require_answerable(locked, started_at)
    scored = scored_or_refused(locked.measure, answers)
    response = Response.objects.create(
        assignment=locked,
        answers=dict(answers),
        total=scored.total,
        band=scored.band.label if scored.band else "",
        started_at=started_at,
        completed_at=now,
    )
    raise_alarm(by, response, now)
    return response


def scored_or_refused(measure: str, answers: Mapping[str, int]) -> Score:
    """The score, or a RefusedError that names the item and the answers it can have."""
    try:
        return MEASURES[measure].score(answers)
    except ValueError as problem:
        raise RefusedError(str(problem), field="answers") from None
