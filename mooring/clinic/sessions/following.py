"""What follows when a session's log changes: other screens, measures to answer, a checkpoint."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.actions import Actor
from mooring.clinic.live.hub import notify
from mooring.clinic.sessions.models import TreatmentSession


def tell(session: TreatmentSession) -> None:
    """Once the change is stored, wake the pages that show this session."""
    notify(f"session:{session.pk}")
    notify("today")


def plan_measures(by: Actor, session: TreatmentSession, now: datetime) -> None:
    """When the infusion has ended, plan what the patient is asked afterwards."""
    # Imported late: measures are planned around sessions and import their models.
    from mooring.clinic.measures.actions import plan_after_session

    plan_after_session(by, session=session, now=now)
