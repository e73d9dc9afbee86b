"""`mooring backup`: the clinic's data and keys as one file that was opened again and verified."""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mooring.cli.ground import folder_in_use, ready
from mooring.cli.plain import Halt
from mooring.clinic import home

if TYPE_CHECKING:
    from mooring.clinic.audit.verdict import Verdict

SQLITE_COPY = "mooring.sqlite3"
POSTGRESQL_COPY = "mooring.dump"
CHECKPOINTS = "checkpoints.jsonl"
NO_PG_DUMP = (
    "pg_dump was not found. Install it (Debian: apt-get install postgresql-client), in the version "
    "of the server, and run this again."
)


@click.command()
@click.argument("target", required=False, type=click.Path(path_type=Path))
def command(target: Path | None) -> None:
    """Write a backup to TARGET: a file that is not there yet, or a folder.

    It holds the chart and its keys: keep it like the chart itself. It may run while the clinic
    works. Exit code 1 when the audit in it does not hold; the file is written all the same.
    """
    ready()
    target = file_for(target or Path.cwd())
    with folder_in_use(), tempfile.TemporaryDirectory(dir=target.parent) as folder:
        copy = Path(folder)
        verdict = copy_all(copy)
        pack(copy, target)
    if not verdict.whole:
        raise Halt(f"{target} is written, but its audit does not hold: {verdict}")
    click.echo(f"{target}: {verdict}")


def file_for(target: Path) -> Path:
    """The file to write; in a folder it gets the time as its name."""
    if target.is_dir():
        target = target / f"mooring-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.tar"
    if target.exists():
        raise Halt(f"{target} is there already. Name a file that is not there yet.")
    return target.absolute()


def copy_all(copy: Path) -> Verdict:
    """Copy checkpoints, keys and database into a folder; says how the copy's audit was found.

    Checkpoints first: one made while the copy runs would see rows that the copy has not.
    """
    from django.db import connection

    from mooring.clinic.audit import checkpoints

    if checkpoints.path().exists():
        shutil.copyfile(checkpoints.path(), copy / CHECKPOINTS)
    shutil.copytree(home.home() / "keys", copy / "keys")
    if connection.vendor == "sqlite":
        return copy_sqlite(copy / SQLITE_COPY)
    return dump_postgresql(copy / POSTGRESQL_COPY)


def copy_sqlite(copy: Path) -> Verdict:
    """Copy the database in one step, so that writers wait once and briefly, and open the copy."""
    from django.db import connection
    from sqlcipher3 import dbapi2

    connection.ensure_connection()
    target = dbapi2.connect(copy)
    try:
        connection.connection.backup(target)
    finally:
        target.close()
    sync(copy)
    return verified(copy)


def verified(copy: Path) -> Verdict:
    """How the audit of a copied SQLite database is found. Halts when the copy is damaged."""
    from django.db import connections

    from mooring.clinic.audit.verdict import examine
    from mooring.clinic.database import sqlite

    connections.databases["copy"] = {
        **connections.databases["default"],
        **sqlite.settings_for(copy),
    }
    try:
        require_sound("copy")
        return examine("copy", copy.parent / CHECKPOINTS)
    finally:
        connections["copy"].close()
        del connections["copy"], connections.databases["copy"]


def require_sound(alias: str) -> None:
    """Halt when SQLite finds a database damaged."""
    from django.db import connections

    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        integrity = [line for (line,) in cursor.fetchall()]
        cursor.execute("PRAGMA foreign_key_check")
        dangling = cursor.fetchall()
    if integrity != ["ok"] or dangling:
        what = dangling[0][0] if dangling else integrity[0]
        raise Halt(f"The database is damaged ({what}). Restore the last backup: mooring restore")


def dump_postgresql(copy: Path) -> Verdict:
    """Dump the database with PostgreSQL's own tool; says how the audit it came from was found."""
    from mooring.clinic.audit.verdict import examine

    tool = shutil.which("pg_dump")
    if tool is None:
        raise Halt(NO_PG_DUMP)
    run_tool([tool, "-Fc", "--file", str(copy), "--dbname", os.environ["DATABASE_URL"]])
    sync(copy)
    return examine(file=copy.parent / CHECKPOINTS)


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
