"""What follows when a session's log changes: other screens, measures to answer, a checkpoint."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mooring.clinic.actions import Actor
from mooring.clinic.live.hub import ATTENTION, notify
from mooring.clinic.sessions.log import content_of
from mooring.clinic.sessions.models import SessionEntry, TreatmentSession
from mooring.core.session.entries import Correction, Intervention
from mooring.core.session.view import Alert


def tell(session: TreatmentSession) -> None:
    """Once the change is stored, wake the pages that show this session."""
    notify(f"session:{session.pk}")
    notify("today")


def call(alerts: Iterable[Alert]) -> None:
    """Have locked screens look which rooms call, when a stop or call alert is new or was seen."""
    if any(alert.level != "caution" for alert in alerts):
        notify(ATTENTION)


def plan_measures(by: Actor, session: TreatmentSession, now: datetime) -> None:
    """When no more drug goes in, plan what the patient is asked afterwards."""
    # Imported late: measures are planned around sessions and import their models.
    from mooring.clinic.measures.actions import plan_after_session

    plan_after_session(by, session=session, now=now)


def review_touch(by: Actor, session: TreatmentSession, row: SessionEntry, now: datetime) -> None:
    """Hand-holding charted where the patient said no, or was not asked, opens a review."""
    content = content_of(row)
    said = content.replacement if isinstance(content, Correction) else content
    if not isinstance(said, Intervention) or said.intervention != "hand_holding":
        return
    # Imported late: consents are read from sessions too.
    from mooring.clinic.consents.review import open_review

    open_review(by, session=session, row=row, now=now)
