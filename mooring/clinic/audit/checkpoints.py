"""Signed checkpoints: what the chain's head was, kept outside the database.

A chain alone does not tell that its tail was cut off, nor that all of it was written anew with a
stolen key. A checkpoint {clinic, sequence, hash, at} signed with Ed25519 and kept in a second place
does. That place is `checkpoints.jsonl` in the data folder, or the file MOORING_CHECKPOINTS names,
which is best on another disk.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.utils import timezone

from mooring.clinic import home
from mooring.clinic.accounts.clinic import UNNAMED, the_clinic
from mooring.clinic.audit import chain

LINE = 512
"""More bytes than one checkpoint takes."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Checkpoint:
    """The head of one clinic's chain at one time."""

    clinic: str
    sequence: int
    hash: str
    at: str
    """ISO 8601, UTC."""

    def signed_text(self) -> bytes:
        """The one text that is signed."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":")).encode()


class BrokenCheckpointError(Exception):
    """A line of the checkpoint file that this clinic's key did not sign."""


def path() -> Path:
    """Where checkpoints are kept."""
    return Path(os.environ.get("MOORING_CHECKPOINTS") or home.home() / "checkpoints.jsonl")


def checkpoint(now: datetime) -> Checkpoint | None:
    """Sign the chain's head and append it to the second place.

    None where there is nothing to sign yet: no row, or no clinic whose chain it would be.
    """
    sequence, head = chain.head()
    clinic = the_clinic()
    if sequence == 0 or clinic is UNNAMED:
        return None
    point = Checkpoint(str(clinic.pk), sequence, head, now.isoformat())
    signature = signing_key().sign(point.signed_text()).hex()
    append_line(path(), json.dumps({**asdict(point), "signature": signature}))
    return point


def append_line(file: Path, line: str) -> None:
    """Append one line that is on the disk when this returns."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, f"{line}\n".encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read(file: Path | None = None) -> Iterator[Checkpoint]:
    """All checkpoints, oldest first. BrokenCheckpointError names a line that does not hold."""
    file = file or path()
    if not file.exists():
        return
    with file.open(encoding="utf-8", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            yield checked(f"Line {number} of {file.name}", line)


def checked(place: str, line: str) -> Checkpoint:
    """The checkpoint of one line, its signature verified."""
    try:
        facts = json.loads(line)
        signature = bytes.fromhex(facts.pop("signature"))
        point = Checkpoint(**facts)
        signing_key().public_key().verify(signature, point.signed_text())
    except (ValueError, TypeError, KeyError, AttributeError, InvalidSignature) as problem:
        raise BrokenCheckpointError(f"{place} was not signed by this clinic's key.") from problem
    return point


def signing_key() -> Ed25519PrivateKey:
    """The clinic's own key for checkpoints."""
    return Ed25519PrivateKey.from_private_bytes(home.key("checkpoint.key"))


def last_sequence() -> int:
    """The row that the last line of the file saw; 0 without one that can be read."""
    if not path().exists():
        return 0
    with path().open("rb") as file:
        file.seek(max(0, path().stat().st_size - LINE))
        lines = file.read(LINE).splitlines()
    try:
        return int(json.loads(lines[-1])["sequence"])
    except (ValueError, KeyError, TypeError, IndexError):
        return 0


def after_sign_off(instance: Any, created: bool, **_: object) -> None:
    """Make a checkpoint once the sign-off of a session is committed."""
    if created and instance.kind == "sign_off":
        transaction.on_commit(make_or_log, robust=True)


def make_or_log() -> None:
    """A disk that takes no checkpoint must not undo a sign-off, so that is only logged.

    Many sign-offs in one transaction (the demonstration) are one head, and one checkpoint.
    """
    try:
        if chain.head()[0] > last_sequence():
            checkpoint(timezone.now())
    except OSError as problem:
        log.warning("No checkpoint was made: %s", problem)
