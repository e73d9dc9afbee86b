"""What follows when a session's log changes: other screens, measures to answer, a checkpoint."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from mooring.clinic.actions import Actor
from mooring.clinic.sessions.models import TreatmentSession


def tell(session: TreatmentSession) -> None:
    """Once the change is stored, wake the pages that show this session."""
    try:
        from mooring.clinic.live.hub import notify
    except ImportError:
        return
    for topic in (f"session:{session.pk}", "today"):
        transaction.on_commit(partial(notify, topic), robust=True)


def plan_measures(by: Actor, session: TreatmentSession, now: datetime) -> None:
    """When the infusion has ended, plan what the patient is asked afterwards."""
    # Imported late: measures are planned around sessions and import their models.
    from mooring.clinic.measures.actions import plan_after_session

    plan_after_session(by, session=session, now=now)
