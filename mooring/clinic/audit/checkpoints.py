"""Signed checkpoints: what the chain's head was, kept outside the database.

A chain alone does not tell that its tail was cut off, nor that all of it was written anew with a
stolen key. A checkpoint {clinic, sequence, hash, at} signed with Ed25519 and kept in a second place
does. That place is `checkpoints.jsonl` in the data folder, or the file MOORING_CHECKPOINTS names,
which is best on another disk.

File and audit vouch for each other. Each line carries the hash of the line before it, so none can
be taken from the middle. Before a line is written the audit says in a row of its own how many lines
there are, what the last one is, and which public key signs: so the file cannot be shortened,
emptied or replaced (`announced`). What is cut from the end of both, to where they agree, only a
copy elsewhere tells: `mooring verify --against`.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from mooring.clinic.accounts.clinic import UNNAMED, the_clinic
from mooring.clinic.actions import Actor, command, writing
from mooring.clinic.audit import chain
from mooring.clinic.audit.lines import Checkpoint, Line, last_line, path
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.audit.signer import public_text, signing_key

ANNOUNCED = "audit.checkpoint"
BEGUN_ANEW = "audit.checkpoints_begun_anew"

log = logging.getLogger(__name__)


def checkpoint(now: datetime) -> Checkpoint | None:
    """Announce a checkpoint in the audit, sign the chain's head and append it to the second place.

    None where there is nothing to sign yet: no row, or no clinic whose chain it would be.
    """
    if chain.head()[0] == 0 or the_clinic() is UNNAMED:
        return None
    with writing():
        announce(now)
    return sign(now)


def announce(now: datetime) -> None:
    """Say in the audit that a checkpoint follows, and what the file holds before it."""
    before = last_line(path())
    told(ANNOUNCED, command("serve"), now, before)


def begin_anew(by: Actor, why: str, now: datetime) -> Checkpoint | None:
    """After the file was lost: say so in the audit with the reason, and go on from what is there.

    What the audit said of the file before is held no longer, and every verdict tells it.
    """
    with writing():
        told(BEGUN_ANEW, by, now, last_line(path()), why=why)
    return checkpoint(now)


def told(action: str, by: Actor, now: datetime, before: Line, **more: str) -> AuditRow:
    """An audit row about the file of checkpoints, with how many lines it has and the last one."""
    facts = {"lines": before.number, "last": before.hash, "key": public_text(signing_key()), **more}
    return chain.tell(by, action, now, detail=json.dumps(facts, sort_keys=True))


def in_words(detail: str) -> str:
    """What an audit row about the file says, for example "Line 8 follows, signed by 20aeab56…"."""
    facts = json.loads(detail)
    why = f" Begun anew: {facts['why']}" if "why" in facts else ""
    return f"Line {facts['lines'] + 1} follows, signed by {facts['key'][:8]}….{why}"


def sign(now: datetime) -> Checkpoint:
    """Append the chain's head as it is now, behind the last line of the file."""
    sequence, head = chain.head()
    key = signing_key()
    with appending(path()) as descriptor:
        before = last_line(path())
        point = Checkpoint(
            str(the_clinic().pk),
            sequence,
            head,
            now.isoformat(),
            before.number + 1,
            before.hash,
            public_text(key),
        )
        signature = key.sign(point.signed_text()).hex()
        line = json.dumps({**point.facts(), "signature": signature})
        os.write(descriptor, f"{line}\n".encode())
        os.fsync(descriptor)
    return point


@contextmanager
def appending(file: Path) -> Iterator[int]:
    """The file, open to append to it, held against other processes of this clinic."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def last_sequence() -> int:
    """The row that the last line of the file saw; 0 without one that can be read."""
    return last_line(path()).sequence


def after_sign_off(instance: Any, created: bool, **_: object) -> None:
    """Announce a checkpoint with the sign-off of a session, and make it once that is committed.

    Many sign-offs in one transaction (the demonstration) are one announcement, and one checkpoint.
    """
    if not created or instance.kind != "sign_off" or the_clinic() is UNNAMED:
        return
    if any(waiting[1] is make_or_log for waiting in connection.run_on_commit):
        return
    announce(instance.recorded_at)
    transaction.on_commit(make_or_log, robust=True)


def make_or_log() -> None:
    """A disk that takes no checkpoint must not undo a sign-off, so that is only logged."""
    try:
        sign(timezone.now())
    except OSError as problem:
        log.warning("No checkpoint was made: %s", problem)


def when_moved(now: datetime) -> str | None:
    """The periodic work: a checkpoint where rows were written since the last one."""
    if chain.head()[0] <= last_sequence():
        return None
    point = checkpoint(now)
    return None if point is None else f"Row {point.sequence} is signed."
