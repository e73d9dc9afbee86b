"""Does chores when they are due, beside the server and never in its way."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import close_old_connections, connections
from django.db.models import F, Q
from django.utils import timezone

from mooring.clinic.actions import writing
from mooring.clinic.chores.lead import Lead
from mooring.clinic.chores.models import ChoreState
from mooring.clinic.chores.registry import Chore, registered

LOOK_EVERY = 5.0
"""Seconds between two looks at whether a chore is due."""
WAIT_AT_END = 3.0
"""Seconds that a chore under way gets when the server stops."""

log = logging.getLogger(__name__)


@contextmanager
def doing_chores() -> Iterator[None]:
    """Do what is registered, each chore in a thread of its own, while the block runs."""
    stop, lead = threading.Event(), Lead()
    threads = [
        threading.Thread(target=attend, args=(chore, lead, stop), name=chore.name, daemon=True)
        for chore in registered()
    ]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(WAIT_AT_END)
        lead.give_up()


def attend(chore: Chore, lead: Lead, stop: threading.Event) -> None:
    """Do one chore whenever it is due and this process is the one that does chores."""
    while not stop.is_set():
        try:
            if lead.held():
                do_if_due(chore, timezone.now())
            close_old_connections()
        except Exception:
            # The database may be away for a while: the server says so itself, and we look again.
            log.exception("The chore %s could not be looked after.", chore.name)
            connections.close_all()
        stop.wait(LOOK_EVERY)
    connections.close_all()


def do_if_due(chore: Chore, now: datetime) -> bool:
    """Do the chore if it is due; True when it was. What it raises is logged and kept in words."""
    if not claimed(chore, now):
        return False
    try:
        said = chore.do(now)
    except Exception as problem:
        log.exception("The chore %s failed.", chore.name)
        note(chore, failed_at=now, trouble=in_words(problem))
    else:
        if said is not None:
            note(chore, succeeded_at=now, said=said, trouble="")
    return True


def claimed(chore: Chore, now: datetime) -> bool:
    """Take the run that is due now, so that no other process takes it; False when none is.

    A next run that lies farther away than the interval was set by a clock that was ahead.
    """
    due = Q(due_at=None) | Q(due_at__lte=now) | Q(due_at__gt=now + chore.every)
    known = ChoreState.objects.filter(name=chore.name)
    if known.exists() and not known.filter(due).exists():
        return False
    with writing():
        ChoreState.objects.get_or_create(name=chore.name)
        return bool(known.filter(due).update(due_at=now + chore.every, began_at=now))


def note(chore: Chore, **what: object) -> None:
    """Keep how a run went."""
    with writing():
        ChoreState.objects.filter(name=chore.name).update(**what)


def ask_for(name: str) -> None:
    """Have a chore done at the next look, whatever its interval."""
    ChoreState.objects.filter(name=name).update(due_at=F("began_at"))


def in_words(problem: Exception) -> str:
    """What a failed chore says of itself, on one line."""
    said = str(problem).strip().splitlines()
    return said[0] if said else type(problem).__name__
