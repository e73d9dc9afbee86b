"""The newest row, noted beside the checkpoints as soon as it is committed.

Checkpoints tell a cut tail as far back as the last one. This note is one line that is written over
at each commit, with an HMAC by the audit's key; it tells what was cut since. It costs no wait for
the disk: the database has the row already.
"""

from __future__ import annotations

import fcntl
import hmac
import os
from pathlib import Path

from django.db.transaction import on_commit

from mooring.clinic import home
from mooring.clinic.audit import lines
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.audit.walk import BrokenError

SIZE = 20 + 1 + 64 + 1 + 64 + 1
GONE = "The note of the newest row, {name}, is gone or cannot be read."


def path() -> Path:
    """Where it is: beside the checkpoints."""
    place = lines.path()
    return place.with_name(f"{place.name}.newest")


def after_save(instance: AuditRow, **_: object) -> None:
    """Note a row once it is committed. A disk that takes no note undoes nothing."""
    on_commit(lambda: note(instance.sequence, instance.hash), robust=True)


def note(sequence: int, digest: str) -> None:
    """Note a row, unless a later one is noted already."""
    descriptor = os.open(path(), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        before = parsed(os.pread(descriptor, SIZE, 0))
        if before is None or before[0] < sequence:
            os.pwrite(descriptor, text(sequence, digest), 0)
    finally:
        os.close(descriptor)


def begin_anew() -> None:
    """Forget what was noted: another database is put in the place of the one it was about."""
    path().unlink(missing_ok=True)


def text(sequence: int, digest: str) -> bytes:
    """The note of one row."""
    said = f"{sequence:020d} {digest}"
    sealed = hmac.digest(home.key("audit.key"), f"newest {said}".encode(), "sha256").hex()
    return f"{said} {sealed}\n".encode()


def parsed(content: bytes) -> tuple[int, str] | None:
    """The row and its hash; None where no note of this clinic stands."""
    try:
        sequence, digest, _ = content.decode().split()
        same = hmac.compare_digest(text(int(sequence), digest), content)
    except ValueError:
        return None
    return (int(sequence), digest) if same else None


def hold(rows: int, database: str, expected: bool) -> None:
    """Raise BrokenError where a row that was committed is not there any more, or is another.

    `rows` are whole. `expected` says that there must be a note: this version has written rows.
    """
    try:
        noted = parsed(path().read_bytes())
    except FileNotFoundError:
        if not expected:
            return
        noted = None
    if noted is None:
        raise BrokenError(rows + 1, GONE.format(name=path().name))
    sequence, digest = noted
    found = AuditRow.objects.using(database).filter(sequence=sequence).values_list("hash").first()
    if found is None:
        raise BrokenError(
            rows + 1,
            f"The tail is missing: the chain ends at row {rows}, and row {sequence} was committed.",
        )
    if found[0] != digest:
        raise BrokenError(
            sequence,
            f"Row {sequence} is not the row that was committed: the chain was written anew.",
        )
