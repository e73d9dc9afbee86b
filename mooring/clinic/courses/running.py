"""An order for a patient whose session is open: asked about, and never a change of what runs."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.holds.open_session import open_sessions
from mooring.core.protocols import bounds


def while_running(patient: Patient, now: datetime) -> tuple[bounds.BoundFinding, ...]:
    """A warning that asks for the prescriber's reason, for each session that is open now."""
    return tuple(
        bounds.BoundFinding(
            "session_running",
            bounds.Level.SOFT,
            f"session: number {session.number}, started "
            f"{timezone.localtime(session.started_at):%-d %b, %H:%M}, is open. This order changes "
            "nothing in it",
            ("choice.order-while-running",),
        )
        for session in open_sessions(patient, now)
    )
