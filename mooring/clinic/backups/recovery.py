"""The owner's recovery key: made once, printed, and kept nowhere in Mooring.

Mooring keeps the recipient only (an age public key): with it a backup can be encrypted, and no
backup can be read.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

import pyrage

from mooring.clinic import home
from mooring.clinic.backups.manifest import RECOVERY, UnsoundError

MACHINE = "machine.age"
IDENTITY = re.compile("AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}")


@dataclass(frozen=True)
class Recovery:
    """To whom backups are encrypted, and whether that was ever proven to work."""

    recipient: str
    """age1…: the public half of what stands on the recovery sheet."""
    made_at: str
    """ISO 8601, UTC."""
    proven_at: str = ""
    """When a backup was last opened with the sheet and found whole; empty when never."""


def path() -> Path:
    """Where the recipient is kept: with the keys, though it is no secret."""
    return home.keys() / RECOVERY


def known() -> Recovery | None:
    """The recipient of this clinic's backups; None before a recovery sheet was made."""
    try:
        return Recovery(**json.loads(path().read_text()))
    except FileNotFoundError:
        return None


def keep(recovery: Recovery) -> None:
    """Keep the recipient, on the disk."""
    home.make_folder(home.keys())
    home.replace(path(), json.dumps(asdict(recovery)).encode())


def make(now: datetime) -> tuple[Recovery, str]:
    """A new recipient, and the identity that opens what is encrypted to it. Nothing is kept."""
    identity = pyrage.x25519.Identity.generate()
    return Recovery(str(identity.to_public()), now.isoformat()), str(identity)


def of_this_machine() -> pyrage.x25519.Identity:
    """A key that lies with the other keys: with it this machine tries its own backups by itself.

    Whoever has it has the keys and the data beside them anyway. It is in no backup.
    """
    file = home.keys() / MACHINE
    if not file.exists():
        home.make_folder(home.keys())
        home.keep(file, str(pyrage.x25519.Identity.generate()).encode())
    return pyrage.x25519.Identity.from_str(file.read_text())


def recipients() -> list[str]:
    """To whom a backup is encrypted: the sheet and this machine; nobody before there is a sheet."""
    to = known()
    return [to.recipient, str(of_this_machine().to_public())] if to else []


def proven(identity: pyrage.x25519.Identity, now: datetime) -> None:
    """A backup was opened with this identity and found whole: note it where it is this clinic's."""
    recovery = known()
    if recovery is not None and recovery.recipient == str(identity.to_public()):
        keep(replace(recovery, proven_at=now.isoformat()))


def identity_in(text: str) -> pyrage.x25519.Identity:
    """The identity in a text: the sheet itself, or what somebody typed from it.

    UnsoundError when there is none, or when a letter of it is wrong (it carries its own check).
    """
    found = IDENTITY.search(re.sub(r"\s+", "", text).upper())
    if found is None:
        raise UnsoundError(
            "There is no recovery key in what was given. It begins with AGE-SECRET-KEY-1 and has "
            "74 letters and digits; spaces do not matter."
        )
    try:
        return pyrage.x25519.Identity.from_str(found.group())
    except pyrage.IdentityError as problem:
        raise UnsoundError(
            "A letter of the recovery key is wrong. Compare it with the sheet once more."
        ) from problem
