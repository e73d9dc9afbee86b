"""Restoring into PostgreSQL: what is there moves to a schema of its own, and can come back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from mooring.cli.copying import run_tool
from mooring.cli.plain import Halt
from mooring.clinic.backups import swapping

NO_TOOL = "pg_restore was not found. Install it, in the version of the server."
SCRATCH = "mooring_restore_test"


def connect() -> psycopg.Connection[Any]:
    """A connection to the database that DATABASE_URL names."""
    return psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5, autocommit=True)


def database_has_tables() -> bool:
    """Whether a PostgreSQL is set and holds tables. Halts when its tool is missing."""
    if not os.environ.get("DATABASE_URL"):
        return False
    tool()
    with connect() as line:
        return has_tables(line)


def has_tables(line: psycopg.Connection[Any]) -> bool:
    """Whether anything stands in the public schema."""
    found = line.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1").fetchone()
    return found is not None


def tool() -> str:
    """Where pg_restore is."""
    found = shutil.which("pg_restore")
    if found is None:
        raise Halt(NO_TOOL)
    return found


def fill(dump: Path, stamp: str) -> bool:
    """Load a dump into the database; what is in it moves to a schema of its own.

    True when nothing was in it.
    """
    with connect() as line:
        empty = not has_tables(line)
        aside = f"replaced_{stamp}"
        swapping.begin(aside)
        with line.transaction():
            line.execute(f'ALTER SCHEMA public RENAME TO "{aside}"')
            line.execute("CREATE SCHEMA public")
    load(dump, os.environ["DATABASE_URL"])
    return empty


def drop_aside(stamp: str) -> None:
    """Remove the schema of what was there before, which held nothing."""
    with connect() as line:
        line.execute(f'DROP SCHEMA "replaced_{stamp}"')


def load(dump: Path, url: str) -> None:
    """Load a dump into an empty database."""
    run_tool([tool(), "--exit-on-error", "--no-owner", "--dbname", url, str(dump)])


@contextmanager
def scratch_database(dump: Path) -> Iterator[str]:
    """The address of a database of its own that holds the dump, while the block runs."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    with connect() as line:
        line.execute(f"DROP DATABASE IF EXISTS {SCRATCH} WITH (FORCE)")
        line.execute(f"CREATE DATABASE {SCRATCH}")
        try:
            url = urlunsplit(parts._replace(path=f"/{SCRATCH}"))
            load(dump, url)
            yield url
        finally:
            line.execute(f"DROP DATABASE IF EXISTS {SCRATCH} WITH (FORCE)")
