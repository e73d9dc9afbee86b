"""What must hold before a scale is asked or an answer is stored; each refusal says what would."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.models import Course
from mooring.clinic.measures.models import Assignment
from mooring.clinic.measures.schedule import WINDOWS, opens_at
from mooring.clinic.measures.standing import response_to
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.measures import MEASURES


def require_known(measure: str, occasion: str) -> None:
    """RefusedError unless the scale and the occasion are among those we have."""
    if measure not in MEASURES:
        known = ", ".join(sorted(MEASURES))
        raise RefusedError(f"The scales here are: {known}.", field="measure")
    if occasion not in WINDOWS:
        raise RefusedError(f"The occasions are: {', '.join(WINDOWS)}.", field="occasion")


def require_window(due_at: datetime, expires_at: datetime, now: datetime) -> None:
    """RefusedError unless the window ends after it is due and is not over."""
    if expires_at <= due_at:
        raise RefusedError("The last moment to answer is after the scale is due.", field="due_at")
    if expires_at <= now:
        raise RefusedError("The time to answer would be over already.", field="due_at")


def require_same_patient(
    patient: Patient, course: Course | None, session: TreatmentSession | None
) -> None:
    """RefusedError when the course or the session is somebody else's."""
    if course is not None and course.patient_id != patient.id:
        raise RefusedError("The course is another patient's.", field="course")
    if session is not None and session.course.patient_id != patient.id:
        raise RefusedError("The session is another patient's.", field="session")


def require_answerable(assignment: Assignment, started_at: datetime) -> None:
    """RefusedError unless answers begun at `started_at` may still arrive."""
    if response_to(assignment) is not None:
        raise RefusedError("Your answers have already arrived. Nothing more is needed.")
    if started_at < opens_at(assignment.occasion, assignment.due_at):
        raise RefusedError("It is too early for these questions.")
    ends = min(filter(None, [assignment.expires_at, assignment.cancelled_at]))
    if started_at >= ends:
        raise RefusedError("The time for these questions is over.")
