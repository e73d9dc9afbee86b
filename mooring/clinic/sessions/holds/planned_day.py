"""The day for which the session is planned: a start on another one is asked about."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.holds import Hold
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.words import day


def holds(session: TreatmentSession, moment: datetime) -> list[Hold]:
    """Planned for another day: it is moved to this one with a reason, which its record keeps."""
    planned, today = clinic_day(session.scheduled_at), clinic_day(moment)
    if planned == today:
        return []
    return [
        Hold(
            "session.day",
            f"The session is planned for {day(planned)}, and this is {day(today)}. "
            "Move it to this day and say why, or start the one that is meant.",
            f"{reverse('session_move', args=[session.pk])}?to=now",
            "Move it to today",
        )
    ]
