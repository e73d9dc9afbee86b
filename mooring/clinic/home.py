"""Where a clinic's data lives: one folder with the database, the keys and the checkpoints."""

import os
import secrets
import tempfile
from pathlib import Path


def home() -> Path:
    """The data folder: MOORING_HOME, or `var` in the current folder."""
    return Path(os.environ.get("MOORING_HOME", "var")).resolve()


def key(name: str, size: int = 32) -> bytes:
    """The named secret, made on first use and readable by its owner only."""
    path = home() / "keys" / name
    if not path.exists():
        home().mkdir(parents=True, exist_ok=True, mode=0o700)
        path.parent.mkdir(exist_ok=True, mode=0o700)
        keep(path, secrets.token_bytes(size))
    return path.read_bytes()


def keep(path: Path, content: bytes) -> None:
    """Write a new file whole, and to the disk; the first of several processes wins."""
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        os.link(unfinished, path)
        sync_folder(path.parent)
    except FileExistsError:
        pass
    finally:
        Path(unfinished).unlink()


def sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
