"""The list of what is in a backup, signed by the clinic's checkpoint key.

The private key is not in the backup that it signs: whoever has a backup cannot make another one.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from mooring.clinic.audit.signer import public_text

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
FORMAT = "mooring-backup/1"
SQLITE = "mooring.sqlite3"
POSTGRESQL = "mooring.dump"
CHECKPOINTS = "checkpoints.jsonl"
RECOVERY = "recovery.json"
PARTS = re.compile(
    rf"{re.escape(SQLITE)}|{re.escape(POSTGRESQL)}|{re.escape(CHECKPOINTS)}|{re.escape(RECOVERY)}"
    r"|keys/[a-z]+\.key|keys/checkpoint-[0-9a-f-]+\.pub|licensed/[a-z0-9_]+\.toml"
)
"""The only names that a part of a backup may have."""
AT_ONCE = 1024 * 1024
"""Bytes read at a time."""


class UnsoundError(Exception):
    """A backup that is not what its signer made. The reason is a sentence."""


@dataclass(frozen=True)
class Manifest:
    """What one backup holds."""

    mooring: str
    """The version of Mooring that wrote it."""
    engine: str
    """sqlite or postgresql."""
    clinic: str
    """The clinic's key; empty before one was opened."""
    made_at: str
    """ISO 8601, UTC."""
    audit_sequence: int
    audit_hash: str
    members: dict[str, dict[str, Any]]
    """Each part's name with its `size` in bytes and its `sha256`."""
    rows: dict[str, int] = field(default_factory=dict)
    """How many rows each table held; empty on PostgreSQL, whose dump is counted by nobody."""
    signer: str = ""
    """The public key of whoever signed it, in hexadecimal."""
    format: str = FORMAT

    def text(self) -> bytes:
        """The one text that is signed."""
        return json.dumps(asdict(self), sort_keys=True, indent=1).encode()

    @property
    def fingerprint(self) -> str:
        """The signer's key, short enough to be compared with the recovery sheet."""
        return fingerprint(self.signer)


def fingerprint(public: str) -> str:
    """The first 80 bits of a public key's SHA-256, in groups of four: no two keys share it."""
    short = hashlib.sha256(bytes.fromhex(public)).hexdigest()[:20]
    return "-".join(short[at : at + 4] for at in range(0, 20, 4))


def measured(folder: Path) -> dict[str, dict[str, Any]]:
    """Every part in a folder, with its size and checksum."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): {
            "size": path.stat().st_size,
            "sha256": checksum(path),
        }
        for path in found
    }


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    counted = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(AT_ONCE):
            counted.update(block)
    return counted.hexdigest()


def write_signed(manifest: Manifest, key: Ed25519PrivateKey, folder: Path) -> Manifest:
    """Put the manifest and its signature into the folder of what it lists."""
    signed = replace(manifest, signer=public_text(key))
    (folder / MANIFEST).write_bytes(signed.text())
    (folder / SIGNATURE).write_text(key.sign(signed.text()).hex())
    return signed


def read_signed(folder: Path) -> Manifest:
    """The manifest of an unpacked backup, its signature verified. UnsoundError otherwise."""
    try:
        text = (folder / MANIFEST).read_bytes()
        facts = json.loads(text)
        if facts.get("format") != FORMAT:
            raise UnsoundError(
                f"It is a backup of the format {facts.get('format')}, which this version of "
                "Mooring does not know. Install the version that wrote it."
            )
        manifest = Manifest(**facts)
        signature = bytes.fromhex((folder / SIGNATURE).read_text())
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(manifest.signer)).verify(signature, text)
    except FileNotFoundError as problem:
        raise UnsoundError(f"Its part {Path(problem.filename).name} is missing.") from problem
    except (ValueError, TypeError, AttributeError) as problem:
        raise UnsoundError("Its list of parts cannot be read: it was changed.") from problem
    except InvalidSignature as problem:
        raise UnsoundError("Its list of parts was changed after it was signed.") from problem
    return manifest


def hold_against(manifest: Manifest, found: dict[str, dict[str, Any]]) -> None:
    """Raise UnsoundError unless the parts are those that the manifest lists."""
    parts = {name: each for name, each in found.items() if name not in (MANIFEST, SIGNATURE)}
    for name in sorted(manifest.members.keys() - parts.keys()):
        raise UnsoundError(f"Its part {name} is missing.")
    for name in sorted(parts.keys() - manifest.members.keys()):
        raise UnsoundError(f"It holds a part that was added after it was written: {name}.")
    for name, each in sorted(parts.items()):
        if each != manifest.members[name]:
            raise UnsoundError(f"Its part {name} was changed after it was written.")
