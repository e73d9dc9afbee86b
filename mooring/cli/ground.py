"""What every command stands on: Python, the data folder, Django, the tables."""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from mooring.cli.plain import Halt
from mooring.clinic import home
from mooring.clinic.loaded import load

OLDEST_PYTHON = (3, 11)
PUT_BACK = "A restore was interrupted. The clinic is again as it was before it; nothing is lost."


def ready() -> None:
    """Load Django on the data folder. What this process writes, only its user may read."""
    if sys.version_info < OLDEST_PYTHON:
        raise Halt("Mooring needs Python 3.11 or newer. Install it and run this again.")
    os.umask(0o077)
    home.home().mkdir(parents=True, exist_ok=True)
    undo_interrupted_restore()
    load()
    require_postgresql(os.environ.get("DATABASE_URL", ""))


def undo_interrupted_restore() -> None:
    """Where a restore was cut off between two moves, put the clinic back as it was before it."""
    from mooring.clinic.backups import swapping

    if not swapping.interrupted():
        return
    with folder_in_use(alone=True):
        if swapping.interrupted():
            swapping.put_back()
            click.echo(PUT_BACK, err=True)


def require_postgresql(url: str) -> None:
    """Ask a PostgreSQL once whether it is there: the pool would ask again and again, aloud."""
    if url.startswith("postgres"):
        import psycopg

        psycopg.connect(url, connect_timeout=5).close()


@contextmanager
def folder_in_use(alone: bool = False) -> Iterator[None]:
    """Hold the data folder: together with others, or alone. Halts when that cannot be."""
    with (home.home() / "in-use.lock").open("w") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Halt(
                f"Mooring is working on {home.home()}. Stop it first, then run this again."
            ) from None
        yield
