"""The server makes copies, and proves each night that the newest one can be restored.

The work is done in processes of its own, so that no page waits for it.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from mooring.clinic import home
from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.audit import chain
from mooring.clinic.backups import schedule
from mooring.clinic.chores import Chore, register
from mooring.clinic.chores.models import ChoreState
from mooring.clinic.sessions.models import SessionEntry

COPY = "backup"
RESTORE_TEST = "restore test"
NIGHT = range(2, 5)
"""Hours of the clinic's day in which a restore is tried. The clinic's choice."""
NOT_AGAIN_WITHIN = timedelta(hours=12)
AT_LATEST = timedelta(hours=36)
"""A restore is tried by day too when the last good one is older: the machine is off at night."""
START = "import os; os.nice(10); from mooring.cli import main; main()"


class ChoreError(Exception):
    """What a command that the server ran said when it failed."""


def add() -> None:
    """Register both chores."""
    register(Chore(COPY, schedule.EVERY, make_copy))
    register(Chore(RESTORE_TEST, schedule.EVERY, try_restore))


def make_copy(now: datetime) -> str | None:
    """Make a copy if one is due, and remove what is not to be kept. None when there is no need."""
    folder = schedule.place()
    row = chain.head()[0]
    if folder is None or row == 0:
        return None
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    last = next(reversed(schedule.copies(folder)), None)
    size = schedule.size_of_database(home.home()) if connection.vendor == "sqlite" else None
    if not schedule.is_due(last, row=row, size=size, signed_off=signed_off_since(last), now=now):
        return None
    mooring("backup", "--scheduled", str(folder))
    for copy in schedule.superfluous(schedule.copies(folder), schedule.retention(), now):
        copy.file.unlink()
    return schedule.copies(folder)[-1].file.name


def signed_off_since(last: schedule.Copy | None) -> bool:
    """Whether a session was signed since the last copy was begun."""
    if last is None:
        return True
    return SessionEntry.objects.filter(kind="sign_off", recorded_at__gt=last.at).exists()


def try_restore(now: datetime) -> str | None:
    """Restore the newest copy into a scratch place, once a night. None when it is not the time."""
    folder = schedule.place()
    if folder is None or not folder.is_dir() or not schedule.copies(folder):
        return None
    if not is_time_to_try(now):
        return None
    newest = schedule.copies(folder)[-1].file
    return mooring("restore", "--test", str(newest))


def is_time_to_try(now: datetime) -> bool:
    """At night, or when the last good restore is too long ago; after a failure every hour."""
    state = ChoreState.objects.filter(name=RESTORE_TEST).first()
    good, failed = (state.succeeded_at, state.failed_at) if state else (None, None)
    if failed is not None and (good is None or failed > good):
        return now - failed >= timedelta(hours=1)
    if good is None or now - good >= AT_LATEST:
        return True
    local = now.astimezone(ZoneInfo(the_clinic().time_zone))
    return local.hour in NIGHT and now - good >= NOT_AGAIN_WITHIN


def mooring(*words: str) -> str:
    """Run a command of Mooring's in a process of its own; its last line. ChoreError otherwise."""
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", START, *words], capture_output=True, text=True, check=False
    )
    lines = (done.stdout if done.returncode == 0 else done.stderr).strip().splitlines()
    if done.returncode != 0:
        raise ChoreError(lines[-1] if lines else f"mooring {words[0]} stopped without a word")
    return lines[-1] if lines else ""
