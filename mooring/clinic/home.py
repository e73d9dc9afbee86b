"""Where a clinic's data lives: a folder with the database, and another one with the keys.

The keys lie outside the data folder: whoever takes the folder, or a copy of it, has not taken what
signs, seals and decrypts what is in it.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path


class LostKeyError(OSError):
    """A key that was made for this clinic is not where keys lie. Making another would hide that."""


def home() -> Path:
    """The data folder: MOORING_HOME, or `var` in the current folder."""
    return Path(os.environ.get("MOORING_HOME", "var")).resolve()


def keys() -> Path:
    """The folder of the keys: MOORING_KEYS, or `<data folder>-keys` beside the data folder."""
    beside = home().with_name(f"{home().name}-keys")
    return Path(os.environ.get("MOORING_KEYS") or beside).resolve()


def keys_of_before() -> Path:
    """Where earlier versions kept the keys; `mooring serve` and `mooring migrate` move them."""
    return home() / "keys"


def key(name: str, size: int = 32) -> bytes:
    """The named secret, made on first use and readable by its owner only.

    LostKeyError where it was made before and is gone: a new one would sign people out, break the
    audit or leave what the old one sealed unreadable, and nobody would know why.
    """
    for place in (keys(), keys_of_before()):
        try:
            return (place / name).read_bytes()
        except FileNotFoundError:
            continue
    if name in keys_made() and not (keys() / name).exists():
        raise LostKeyError(f"The key {name} of this clinic is not in {keys()}")
    make_folder(home())
    make_folder(keys())
    keep(keys() / name, secrets.token_bytes(size))
    remember_keys()
    return (keys() / name).read_bytes()


def key_files() -> dict[str, Path]:
    """Every key of this clinic by its name, wherever it lies."""
    return {
        path.name: path
        for place in (keys_of_before(), keys())
        if place.is_dir()
        for path in sorted(place.iterdir())
        if path.suffix == ".key"
    }


def keys_made() -> set[str]:
    """The names of the keys that were made for this clinic, as its data folder remembers them."""
    try:
        return set(_made().read_text().split())
    except FileNotFoundError:
        return set()


def remember_keys() -> None:
    """Note in the data folder which keys there are, so that a lost one is missed."""
    found = keys_made() | set(key_files())
    if found == keys_made():
        return
    replace(_made(), "".join(f"{name}\n" for name in sorted(found)).encode())


def _made() -> Path:
    return home() / "keys.made"


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner may enter."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def keep(path: Path, content: bytes) -> None:
    """Write a new file whole, and to the disk; the first of several processes wins."""
    unfinished = _unfinished(path.parent, content)
    try:
        os.link(unfinished, path)
        sync_folder(path.parent)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()


def replace(path: Path, content: bytes) -> None:
    """Write a file whole, and to the disk, in the place of the one that may be there."""
    unfinished = _unfinished(path.parent, content)
    try:
        unfinished.replace(path)
        sync_folder(path.parent)
    except OSError:
        unfinished.unlink()
        raise


def _unfinished(folder: Path, content: bytes) -> Path:
    descriptor, name = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
    except OSError:
        Path(name).unlink()
        raise
    return Path(name)


def sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
