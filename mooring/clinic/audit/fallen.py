"""Guards of append-only tables that fell behind the clinic's back: put up again, never unsaid."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.actions import Actor, writing
from mooring.clinic.audit import chain
from mooring.clinic.database import guards

ACTION = "audit.guards_put_up"


def put_up_and_record(by: Actor, now: datetime) -> list[str]:
    """Put up what is missing; where something was, the audit says which triggers and when."""
    with writing():
        fallen = guards.put_up_all()
        if fallen:
            chain.tell(by, ACTION, now, detail=f"Had fallen: {', '.join(fallen)}")
    return fallen
