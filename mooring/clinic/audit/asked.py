"""A verification that somebody asked for on the page: at once where it is short, else beside it."""

from __future__ import annotations

import json
import logging
import threading
from dataclasses import dataclass
from datetime import datetime

from django.db import connections
from django.utils import timezone

from mooring.clinic.actions import Actor, writing
from mooring.clinic.audit import chain
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.audit.verdict import Verdict, verify_and_record
from mooring.clinic.audit.work import Work, cores

BEGUN, FAILED, DONE = "audit.verify_begun", "audit.verify_failed", "audit.verified"
MANY = 50_000
"""Rows from which on nobody waits for the verdict: about two seconds of work."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Standing:
    """What is known of verifications."""

    last: AuditRow | None
    said: str
    """The newest verdict in words; empty before the first."""
    running_since: datetime | None
    """When one was begun that has not ended yet."""


def standing() -> Standing:
    """The newest verdict, and whether one is being worked on."""
    done, state = newest(DONE), newest(BEGUN, FAILED, DONE)
    said = json.loads(done.body)["detail"] if done else ""
    running = state is not None and state.action == BEGUN
    return Standing(done, said, state.at if state is not None and running else None)


def newest(*actions: str) -> AuditRow | None:
    """The newest row of these actions."""
    return AuditRow.objects.filter(action__in=actions).order_by("-sequence").first()


def verify_for(by: Actor, now: datetime) -> Verdict | None:
    """The verdict, where the audit is short; None where the work goes on beside the page."""
    if chain.head()[0] < MANY:
        return verify_and_record(by, now)
    if standing().running_since is None:
        begin(by, now)
    return None


def begin(by: Actor, now: datetime) -> threading.Thread:
    """Begin a verification in processes of its own; its verdict becomes a row of the audit."""
    keep(by, BEGUN, now)
    thread = threading.Thread(target=_beside, args=(by,), name="verify", daemon=True)
    thread.start()
    return thread


def work(by: Actor) -> None:
    """Verify, and keep the verdict. Progress goes into the log."""
    try:
        verify_and_record(by, timezone.now(), work=Work(cores(), log.info))
    except Exception:
        log.exception("The verification that %s asked for was not finished.", by.name)
        keep(by, FAILED, timezone.now())


def keep(by: Actor, action: str, now: datetime) -> None:
    """Write into the audit that a verification began, or ended without a verdict."""
    with writing():
        chain.tell(by, action, now, subject="audit.AuditRow")


def _beside(by: Actor) -> None:
    work(by)
    connections.close_all()
