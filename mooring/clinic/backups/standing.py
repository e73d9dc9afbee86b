"""How the clinic's backups stand, in sentences for its owner and for `mooring doctor`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from django.http import HttpRequest

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.audit import chain
from mooring.clinic.backups import recovery, schedule
from mooring.clinic.backups.chores import COPY, RESTORE_TEST
from mooring.clinic.chores.models import ChoreState
from mooring.clinic.permissions import allowed

TOO_OLD = timedelta(hours=48)
"""Age of the last copy, and of the last good restore, above which the owner is warned. From the
proposed HIPAA rule of January 2025 (90 FR 898): copies no older than 48 hours."""


@dataclass(frozen=True)
class Line:
    """One sentence about backups."""

    fine: bool
    words: str


def backups_for(request: HttpRequest, now: datetime) -> list[Line]:
    """What an owner is told on their first page; nothing for anybody else."""
    roles = cast(Any, request.user).roles
    return lines(now) if allowed(roles, "account.manage") else []


def lines(now: datetime) -> list[Line]:
    """What there is to say, what is to be done first. A demonstration needs no backups."""
    if the_clinic().demonstration:
        return []
    found = [_copies(now), _restores(now), _encryption()]
    return sorted((line for line in found if line), key=lambda line: line.fine)


def _copies(now: datetime) -> Line:
    folder = schedule.place()
    if folder is None:
        return Line(
            False, "No copies are made by themselves: no place is named for them (MOORING_BACKUPS)."
        )
    state = ChoreState.objects.filter(name=COPY).first()
    trouble = f" The last try failed: {state.trouble}" if state and state.trouble else ""
    try:
        found = schedule.copies(folder)
    except OSError as problem:
        return Line(False, f"The place for backups, {folder}, cannot be read: {problem.strerror}.")
    if not found:
        return Line(False, f"There is no backup in {folder} yet.{trouble}")
    newest = found[-1]
    behind = chain.head()[0] != newest.row
    old = behind and now - newest.at > TOO_OLD
    holds = "" if behind else ", and nothing was written since"
    words = f"The last copy was made {ago(now - newest.at)}{holds}.{trouble}"
    return Line(not old and not trouble, words)


def _restores(now: datetime) -> Line | None:
    if schedule.place() is None:
        return None
    state = ChoreState.objects.filter(name=RESTORE_TEST).first()
    good = state.succeeded_at if state else None
    trouble = f" The last try failed: {state.trouble}" if state and state.trouble else ""
    if good is None:
        return Line(False, f"No copy was restored on trial yet.{trouble}")
    words = f"A copy was restored on trial {ago(now - good)}, and found whole.{trouble}"
    return Line(now - good <= TOO_OLD and not trouble, words)


def _encryption() -> Line:
    known = recovery.known()
    if known is None:
        return Line(
            False, "Backups are not encrypted: make the recovery sheet (mooring recovery-sheet)."
        )
    if not known.proven_at:
        return Line(
            False,
            "The recovery sheet was never tried: restore a backup with it on trial "
            "(mooring restore --test).",
        )
    return Line(True, f"The recovery sheet was tried on {known.proven_at[:10]}, and opened a copy.")


def ago(age: timedelta) -> str:
    """An age in the largest unit that is not 0, as people say it."""
    minutes = max(0, int(age.total_seconds() // 60))
    for size, unit in ((60 * 24, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {unit}{'' if count == 1 else 's'} ago"
    return "just now"
