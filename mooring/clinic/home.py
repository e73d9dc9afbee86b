"""Where a clinic's data lives: one folder with the database, the keys and the checkpoints."""

import os
import secrets
from pathlib import Path


def home() -> Path:
    """The data folder: MOORING_HOME, or `var` in the current folder."""
    return Path(os.environ.get("MOORING_HOME", "var")).resolve()


def key(name: str, size: int = 32) -> bytes:
    """The named secret, made on first use and readable by its owner only."""
    path = home() / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(size))
    return path.read_bytes()
