"""The file of checkpoints: where it lies, and its lines, each bound to the one before.

Needs no Django: a restore reads it before there is a clinic to load.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from mooring.clinic import home

LONGEST = 1024
"""More bytes than one line takes."""
BEFORE_THE_FIRST = "0" * 64


def path() -> Path:
    """Where checkpoints are kept."""
    return Path(os.environ.get("MOORING_CHECKPOINTS") or home.home() / "checkpoints.jsonl")


@dataclass(frozen=True)
class Checkpoint:
    """The head of one clinic's chain at one time."""

    clinic: str
    sequence: int
    hash: str
    at: str
    """ISO 8601, UTC."""
    number: int = 0
    """Its place in the file, from 1; 0 in lines of earlier versions."""
    previous: str = ""
    """SHA-256 of the line before it; empty in lines of earlier versions."""
    key: str = ""
    """The public key that signed it, in hex; empty in lines of earlier versions."""

    def facts(self) -> dict[str, Any]:
        """What is signed; a line of an earlier version has four facts."""
        return {name: value for name, value in asdict(self).items() if value not in (0, "")}

    def signed_text(self) -> bytes:
        """The one text that is signed."""
        return json.dumps(self.facts(), sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True)
class Line:
    """Where a line stands, its hash, and the row of the audit that it saw."""

    number: int
    hash: str
    sequence: int


class BrokenCheckpointError(Exception):
    """A line of the checkpoint file that does not hold."""


def hashed(line: bytes) -> str:
    """The hash of one line, without its end."""
    return hashlib.sha256(line.rstrip(b"\r\n")).hexdigest()


def last_line(file: Path) -> Line:
    """The last line of a file; number 0 where there is none. A spoiled one saw row 0.

    Lines of this version carry their number; behind those of earlier ones all are counted.
    """
    try:
        with file.open("rb") as opened:
            opened.seek(max(0, file.stat().st_size - LONGEST))
            lines = opened.read(LONGEST).splitlines()
    except FileNotFoundError:
        lines = []
    if not lines:
        return Line(0, BEFORE_THE_FIRST, 0)
    try:
        facts = json.loads(lines[-1])
        sequence, number = int(facts["sequence"]), int(facts.get("number", 0))
    except (ValueError, KeyError, TypeError):
        sequence = number = 0
    return Line(number or counted(file), hashed(lines[-1]), sequence)


def counted(file: Path) -> int:
    """How many lines a file has; none where it is a device, which can be without end."""
    if not file.is_file():
        return 0
    with file.open("rb") as opened:
        return sum(1 for _ in opened)


@dataclass(frozen=True)
class Read:
    """One line that holds, with what it says."""

    line: Line
    point: Checkpoint


def read(file: Path, known: set[str]) -> Iterator[Read]:
    """All lines, oldest first. BrokenCheckpointError names one that does not hold.

    `known` are public keys, any of which may have signed a line of an earlier version. Of the lines
    that carry the hash of the line before, the last one's signature vouches for all.
    """
    if not file.exists():
        return
    before, number, bound = BEFORE_THE_FIRST, 0, False
    last: tuple[str, str, Checkpoint] | None = None
    with file.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            place = f"Line {number} of {file.name}"
            signature, point = parsed(place, line)
            if bound or point.previous:
                if point.previous != before or point.number != number:
                    raise BrokenCheckpointError(
                        f"{place} does not follow from the line before it: lines were taken out,"
                        " put in or changed."
                    )
                bound, last = True, (place, signature, point)
            else:
                require_signed(place, signature, point, known)
            before = hashed(line)
            yield Read(Line(number, before, point.sequence), point)
    if last is not None:
        require_signed(*last, {last[2].key})


def parsed(place: str, line: bytes) -> tuple[str, Checkpoint]:
    """The signature and the checkpoint of one line."""
    try:
        facts: dict[str, Any] = json.loads(line)
        signature = facts.pop("signature")
        bytes.fromhex(signature)
        return signature, Checkpoint(**{**facts, "sequence": int(facts["sequence"])})
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise BrokenCheckpointError(not_signed(place)) from problem


def require_signed(place: str, signature: str, point: Checkpoint, keys: set[str]) -> None:
    """Raise BrokenCheckpointError unless one of these public keys signed the checkpoint."""
    for key in keys:
        try:
            public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key))
            public.verify(bytes.fromhex(signature), point.signed_text())
        except (ValueError, TypeError, InvalidSignature):
            continue
        return
    raise BrokenCheckpointError(not_signed(place))


def not_signed(place: str) -> str:
    """The sentence for a line that nobody known signed."""
    return f"{place} was not signed by this clinic's key."
