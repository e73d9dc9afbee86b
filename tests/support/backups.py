"""Backups taken apart and put together again, for tests that damage them."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Parts = dict[str, bytes]


def parts_of(file: Path) -> Parts:
    with tarfile.open(file) as tar:
        return {member.name: tar.extractfile(member).read() for member in tar if member.isfile()}


def written(file: Path, parts: Parts) -> Path:
    with tarfile.open(file, "w") as tar:
        for name, content in parts.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return file


def resigned(parts: Parts, key: Ed25519PrivateKey, **changed: object) -> Parts:
    """The parts with a manifest that lists them as they are now, signed with another key."""
    kept = {name: body for name, body in parts.items() if not name.startswith("manifest.")}
    facts = json.loads(parts["manifest.json"])
    facts["members"] = {
        name: {"size": len(body), "sha256": hashlib.sha256(body).hexdigest()}
        for name, body in kept.items()
    }
    facts |= {"signer": key.public_key().public_bytes_raw().hex(), **changed}
    text = json.dumps(facts, sort_keys=True, indent=1).encode()
    signature = key.sign(text).hex().encode()
    return {"manifest.json": text, "manifest.sig": signature, **kept}


def everything(*folders: Path) -> dict[str, bytes]:
    """Every file below some folders, but for locks that any command takes."""
    return {
        str(path): path.read_bytes()
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }
