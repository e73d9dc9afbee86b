"""Another session of the same patient that has started and is not signed."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.courses.models import Order
from mooring.clinic.holds import Hold
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.models import TreatmentSession


def open_sessions(patient: Patient, moment: datetime) -> QuerySet[TreatmentSession]:
    """The patient's sessions that had started by then and were not signed, oldest first."""
    return TreatmentSession.objects.filter(
        Q(signed_at__isnull=True) | Q(signed_at__gt=moment),
        course__patient=patient,
        started_at__lte=moment,
        cancelled_at__isnull=True,
    ).order_by("started_at")


def holds(order: Order, moment: datetime, itself: TreatmentSession | None = None) -> list[Hold]:
    """One open session a patient: each other one that is open, with the way there."""
    rows = open_sessions(order.course.patient, moment)
    others = rows if itself is None else rows.exclude(pk=itself.pk)
    return [hold(session) for session in others]


def hold(session: TreatmentSession) -> Hold:
    """The open session in words."""
    began = timezone.localtime(session.started_at)
    return Hold(
        "session.open",
        f"Session {session.number}, started {began:%-d %b, %H:%M}, is still open and is signed "
        "first: a patient has one open session.",
        reverse("session", args=[session.pk]),
        "Open that session",
    )
