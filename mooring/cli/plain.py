"""What can go wrong with a machine, each as one line that says what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from mooring.clinic import home


class Halt(click.ClickException):
    """Stops a command with one line and exit code 1."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the line, and nothing around it."""
        click.echo(self.format_message(), err=True, file=file)


FULL = "The disk that holds {home} is full. Free some space and run this again."
FULL_AT = "The disk that holds {path} is full. Free some space and run this again."
CLOSED = (
    "{path} cannot be read and written by this user. Give it that right, or name another folder "
    "with MOORING_HOME."
)
LOST_KEY = (
    "{problem}. Is MOORING_KEYS right, and its disk there? If the key is gone, restore the last "
    "backup: mooring restore FILE --replace"
)
CLOSED_KEYS = (
    "{path} cannot be made or read by this user, and the keys are to lie there. Give it that "
    "right, or name another folder for the keys with MOORING_KEYS."
)
NO_FOLDER = "{path} is not a folder. Name one for the clinic's data with MOORING_HOME."
OLD_TABLES = "The tables are not of this version yet. Start `mooring serve` once."

ON_DATABASE = {
    "disk is full": FULL,
    "disk full": FULL,
    "No space left": FULL,
    "readonly database": CLOSED,
    "unable to open database file": CLOSED,
    "file is not a database": "{home}/mooring.sqlite3 is not a database. Restore a backup of it.",
    "malformed": "{home}/mooring.sqlite3 is damaged. Restore the last backup: mooring restore FILE",
    "database is locked": "Another program holds the database. Stop it and run this again.",
    "does not support SSL": (
        "The PostgreSQL of DATABASE_URL takes no encrypted connection. Switch its TLS on, or add"
        " ?sslmode=disable to the address where the wire is your own."
    ),
    "connection failed": "The database that DATABASE_URL names does not answer. Is it running?",
    "couldn't get a connection": (
        "The database that DATABASE_URL names does not answer. Is it running?"
    ),
    "no such table": OLD_TABLES,
    "does not exist": OLD_TABLES,
    "permission denied": "The database user of DATABASE_URL lacks a right: {first}",
}
"""What the database says, and what a person can do about it."""


@contextmanager
def plain_failures() -> Iterator[None]:
    """Turn the failures of disks, folders and databases inside the block into Halt."""
    try:
        yield
    except click.ClickException:
        raise
    except home.LostKeyError as problem:
        raise Halt(LOST_KEY.format(problem=problem)) from problem
    except OSError as problem:
        raise Halt(about_disk(problem)) from problem
    except Exception as problem:
        line = about_database(problem)
        if line is None:
            raise
        raise Halt(line) from problem


def about_disk(problem: OSError) -> str:
    """One line for what the operating system refused."""
    path = problem.filename or home.home()
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return FULL_AT.format(path=path)
    if problem.errno in (errno.ENOTDIR, errno.EEXIST):
        return NO_FOLDER.format(path=home.home())
    if problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        closed = CLOSED_KEYS if Path(path) == home.keys() else CLOSED
        return closed.format(path=path)
    return f"{path}: {problem.strerror or problem}."


def about_database(problem: Exception) -> str | None:
    """One line for what the database refused; None for anything else."""
    from mooring.clinic.database.sqlite import UnsoundSqliteError

    if isinstance(problem, UnsoundSqliteError):
        return str(problem)
    said = str(problem)
    if type(problem).__module__.partition(".")[0] not in ("django", "psycopg", "sqlcipher3"):
        return None
    for words, line in ON_DATABASE.items():
        if words in said:
            return line.format(
                home=home.home(), path=home.home(), first=said.strip().splitlines()[0]
            )
    return None
