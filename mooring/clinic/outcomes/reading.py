"""One patient's outcome from the rows: the newest course, its sessions, its scales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from mooring.clinic.courses.models import Course
from mooring.clinic.measures.completeness import fallen_due
from mooring.clinic.measures.models import Assignment
from mooring.clinic.measures.schedule import MEASURE
from mooring.clinic.measures.standing import response_to
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.outcomes import DEFINITIONS, DatedScore, OutcomeSummary, summary

DEFINITION_IDS = tuple(name for name, found in DEFINITIONS.items() if found.measure == MEASURE)


@dataclass(frozen=True)
class Outcome:
    """What the outcome page stands on. `course` is None before the first one."""

    course: Course | None
    sessions: Sequence[TreatmentSession]
    """Those in which drug has begun to go in, earliest first."""
    due: Sequence[Assignment]
    """The scales that count: answered, or fallen due, earliest first."""
    summary: OutcomeSummary


def outcome_of(patient: Patient, now: datetime) -> Outcome:
    """The outcome of the patient's newest course at `now`."""
    course = patient.courses.first()
    asked = patient.assignments.filter(of_course(course), measure=MEASURE)
    sessions = course.sessions.filter(cancelled_at=None).select_related("order") if course else ()
    return read(course, list(sessions), list(asked.select_related("response", "session")), now)


def of_course(course: Course | None) -> Q:
    """The assignments of a course, with those since its start that name none."""
    if course is None:
        return Q()
    return Q(course=course) | Q(course=None, due_at__gte=course.started_at)


def read(
    course: Course | None,
    sessions: Sequence[TreatmentSession],
    asked: Sequence[Assignment],
    now: datetime,
) -> Outcome:
    """The outcome of these rows. Scales and sessions after `now` are left out."""
    given = sorted(
        (s for s in sessions if s.started_at is not None and s.started_at <= now), key=started
    )
    due = sorted(fallen_due(asked, now), key=lambda a: a.due_at)
    scores = [
        DatedScore(response.completed_at, response.total)
        for response in map(response_to, due)
        if response is not None
    ]
    by_other_routes = [started(s) for s in given if not s.order.infused]
    found = summary(
        scores, [started(s) for s in given], [moment(a) for a in due], now, DEFINITION_IDS,
        by_other_routes,
    )  # fmt: skip
    return Outcome(course, given, due, found)


def moment(assignment: Assignment) -> datetime:
    """When it counts: when it was answered, which may be a little before it was due; else when due.

    So each complete score answers its own due moment and no other's.
    """
    response = response_to(assignment)
    return assignment.due_at if response is None else response.completed_at


def started(session: TreatmentSession) -> datetime:
    """When drug began to go in. Raises ValueError for a session in which none did."""
    if session.started_at is None:
        raise ValueError(f"session {session.id} has not started")
    return session.started_at
