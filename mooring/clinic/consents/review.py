"""Touch that was charted against what the patient said: kept, marked, and reviewed."""

from __future__ import annotations

from datetime import datetime, timedelta

from mooring.clinic.actions import Actor
from mooring.clinic.consents.reading import touch_answers, touch_at
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.models import SessionEntry, TreatmentSession
from mooring.clinic.tasks.actions import open_task
from mooring.clinic.tasks.owners import who_is_asked

KIND = "touch_review"
WITHIN = timedelta(days=1)
NOT_ASKED = "the patient was not asked about touch"
AGAINST = "the patient said no to touch"


def against(patient: Patient, at: datetime, now: datetime) -> str:
    """Why a hand should not have been held at that moment, in words; empty where it might."""
    standing = touch_at(touch_answers(patient, now), at)
    if standing is None:
        return NOT_ASKED
    return AGAINST if standing.refuses else ""


def open_review(by: Actor, *, session: TreatmentSession, row: SessionEntry, now: datetime) -> None:
    """Ask the course's prescriber, or who stands in, to look at it within a day."""
    patient = session.course.patient
    why = against(patient, row.effective_at, max(now, row.effective_at))
    owner = who_is_asked(session.course)
    if not why or owner is None:
        return
    open_task(
        by, patient=patient, kind=KIND, title="Hand-holding to review",
        detail=f"Charted in session {session.number} by {by.name}: {why}.", owner=owner,
        source=f"sessions.SessionEntry:{row.pk}", due_at=now + WITHIN, now=now,
    )  # fmt: skip
