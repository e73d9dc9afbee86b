"""The only writers of touch consent and intention."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.consents.models import TOUCH, Intention, TouchConsent
from mooring.clinic.courses.models import Course
from mooring.clinic.live.hub import notify
from mooring.clinic.people.models import Patient


@action("consent.record")
def record_touch(
    by: Actor, *, patient: Patient, touch: str, agreed: str, now: datetime
) -> TouchConsent:
    """Keep what the patient says about touch. It counts from now on, in an open session too."""
    if touch not in TOUCH:
        raise RefusedError("Choose one of the answers about touch.", field="touch")
    if touch == "as_agreed" and not agreed.strip():
        raise RefusedError("Say what was agreed, in the patient's words.", field="agreed")
    row = TouchConsent.objects.create(
        patient=patient, touch=touch, agreed=agreed.strip(), recorded_by=person(by),
        recorded_at=now,
    )  # fmt: skip
    for course in patient.courses.filter(ended_at=None):
        tell(course)
    return row


@action("consent.record")
def record_intention(by: Actor, *, course: Course, text: str, now: datetime) -> Intention:
    """Keep the intention, as the patient puts it."""
    if not text.strip():
        raise RefusedError("Say it in the patient's words.", field="text")
    row = Intention.objects.create(
        course=course, text=text.strip(), recorded_by=person(by), recorded_at=now
    )
    tell(course)
    return row


def person(by: Actor) -> User:
    """Who writes it down: consent is taken by a person."""
    if by.user is None:
        raise RefusedError("This is kept by a person who is signed in.")
    return by.user


def tell(course: Course) -> None:
    """Wake the bedside pages that show it."""
    for session in course.sessions.filter(signed_at=None, cancelled_at=None):
        notify(f"session:{session.pk}")
