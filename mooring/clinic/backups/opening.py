"""Opens a backup into a folder and says what is wrong with it, before anything is touched."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pyrage

from mooring import __version__
from mooring.clinic import home
from mooring.clinic.audit.signer import SIGNING_KEY, own_public
from mooring.clinic.backups import manifest as listed
from mooring.clinic.backups import packing
from mooring.clinic.backups.manifest import Manifest, UnsoundError


@dataclass(frozen=True)
class Opened:
    """A backup that was opened and whose parts are those that its signer listed."""

    parts: Path
    """The folder that holds them."""
    manifest: Manifest | None
    """None for a backup of the older format, which has none."""
    engine: str
    """sqlite or postgresql."""


def open_backup(file: Path, identity: pyrage.x25519.Identity | None, place: Path) -> Opened:
    """Unpack a backup below `place` and hold it against its manifest. UnsoundError otherwise."""
    home.make_folder(place)
    tar = file
    encrypted = packing.is_encrypted(file)
    if encrypted:
        if identity is None:
            raise UnsoundError("It is encrypted. Name the recovery key: --identity FILE")
        tar = place / "backup.tar"
        packing.decrypt(file, identity, tar)
    parts = place / "parts"
    home.make_folder(parts)
    packing.unpack(tar, parts)
    if encrypted:
        tar.unlink()
    found = listed.measured(parts)
    if not encrypted and of_older_format(set(found)):
        return Opened(parts, None, engine_of(set(found)))
    manifest = listed.read_signed(parts)
    listed.hold_against(manifest, found)
    not_newer(manifest)
    require_parts(set(found))
    return Opened(parts, manifest, engine_of(set(found)))


def of_older_format(names: set[str]) -> bool:
    """Earlier versions wrote no manifest, and put the signing key beside what it signs."""
    neither = not names & {listed.MANIFEST, listed.SIGNATURE}
    return neither and f"keys/{SIGNING_KEY}" in names and "keys/audit.key" in names


def require_parts(names: set[str]) -> None:
    """UnsoundError when a backup lacks what a clinic cannot be opened without."""
    if "keys/audit.key" not in names:
        raise UnsoundError("The clinic's keys are missing: without them nothing in it is proven.")


def engine_of(names: set[str]) -> str:
    """The engine whose copy it holds."""
    kept = names & {listed.SQLITE, listed.POSTGRESQL}
    if len(kept) != 1:
        raise UnsoundError("The copy of the database is missing.")
    return "sqlite" if kept == {listed.SQLITE} else "postgresql"


def not_newer(manifest: Manifest) -> None:
    """UnsoundError for a backup that a later version of Mooring wrote."""
    if as_numbers(manifest.mooring) > as_numbers(__version__):
        raise UnsoundError(
            f"It was written by Mooring {manifest.mooring}, and this is {__version__}. Install that"
            " version: this one would not understand what stands there."
        )


def as_numbers(version: str) -> tuple[int, ...]:
    """A version, so that 0.10 comes after 0.9."""
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def is_known(manifest: Manifest) -> bool:
    """Whether this machine's own key, or one that it took over, signed the backup."""
    return manifest.signer in own_public()


def lay_out(opened: Opened, data: Path, keys: Path) -> None:
    """Place the parts as a clinic's data folder and its folder of keys."""
    home.make_folder(data)
    home.make_folder(keys)
    for part in sorted(opened.parts.iterdir()):
        if part.name == "keys":
            for key in sorted(part.iterdir()):
                shutil.move(key, keys / key.name)
        elif part.name == listed.RECOVERY:
            shutil.move(part, keys / part.name)
        elif part.name not in (listed.MANIFEST, listed.SIGNATURE):
            shutil.move(part, data / part.name)
    if opened.manifest is not None:
        take_over_signer(opened.manifest, keys)


def take_over_signer(manifest: Manifest, keys: Path) -> None:
    """What the backup's signer signed is believed here too; its private key stays where it is."""
    own = home.keys() / SIGNING_KEY
    (keys / f"checkpoint-{manifest.fingerprint}.pub").write_text(manifest.signer)
    if own.exists() and is_known(manifest):
        shutil.copyfile(own, keys / own.name)
