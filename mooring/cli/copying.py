"""The clinic's data and keys, copied into a folder and packed into one file."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from mooring.cli.plain import Halt
from mooring.clinic import home

SQLITE_COPY = "mooring.sqlite3"
POSTGRESQL_COPY = "mooring.dump"
CHECKPOINTS = "checkpoints.jsonl"
NO_PG_DUMP = (
    "pg_dump was not found. Install it (Debian: apt-get install postgresql-client), in the version "
    "of the server, and run this again."
)


def copy_parts(copy: Path) -> None:
    """Copy checkpoints, keys and database into a folder.

    Checkpoints first: one made while the copy runs would see rows that the copy has not.
    """
    from django.db import connection

    from mooring.clinic.audit import checkpoints

    if checkpoints.path().exists():
        shutil.copyfile(checkpoints.path(), copy / CHECKPOINTS)
    home.make_folder(copy / "keys")
    for name, path in home.key_files().items():
        shutil.copyfile(path, copy / "keys" / name)
    if connection.vendor == "sqlite":
        copy_sqlite(copy / SQLITE_COPY)
    else:
        dump_postgresql(copy / POSTGRESQL_COPY)


def copy_sqlite(copy: Path) -> None:
    """Copy the database in one step, so that writers wait once and briefly."""
    from django.db import connection
    from sqlcipher3 import dbapi2

    connection.ensure_connection()
    target = dbapi2.connect(copy)
    try:
        connection.connection.backup(target)
    finally:
        target.close()
    sync(copy)


def dump_postgresql(copy: Path) -> None:
    """Dump the database with PostgreSQL's own tool."""
    tool = shutil.which("pg_dump")
    if tool is None:
        raise Halt(NO_PG_DUMP)
    run_tool([tool, "-Fc", "--file", str(copy), "--dbname", os.environ["DATABASE_URL"]])
    sync(copy)


def run_tool(words: list[str]) -> None:
    """Run a tool of PostgreSQL's; Halt with its last line when it stops."""
    done = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise Halt(f"{Path(words[0]).name} stopped: {said[-1]}")


def pack(copy: Path, target: Path) -> None:
    """Put the folder into one file that is on the disk when this returns, or is not there."""
    unfinished = copy.parent / f"{copy.name}.unfinished"
    try:
        with tarfile.open(unfinished, "w") as tar:
            for part in sorted(copy.iterdir()):
                tar.add(part, part.name)
        sync(unfinished)
        unfinished.rename(target)
        home.sync_folder(target.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def sync(file: Path) -> None:
    """Push a file to the disk."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
