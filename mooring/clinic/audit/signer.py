"""The key that signs checkpoints and backups, and the keys whose signatures are believed here.

Needs no Django: a restore asks before there is a clinic to load.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mooring.clinic import home

SIGNING_KEY = "checkpoint.key"


def signing_key() -> Ed25519PrivateKey:
    """The clinic's own key. Only signing needs it."""
    return Ed25519PrivateKey.from_private_bytes(home.key(SIGNING_KEY))


def public_text(key: Ed25519PrivateKey) -> str:
    """The public part of a key, in hexadecimal, as all that is signed names it."""
    return key.public_key().public_bytes_raw().hex()


def taken_over() -> list[Path]:
    """The public keys of the machines that a restore brought the clinic from."""
    return sorted(home.keys().glob("checkpoint-*.pub"))


def own_public() -> set[str]:
    """The public keys that are believed here: the one of now, where there is one yet, and those
    that were taken over."""
    former = {path.read_text().strip() for path in taken_over()}
    return former | ({public_text(signing_key())} if SIGNING_KEY in home.key_files() else set())
