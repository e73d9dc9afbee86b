"""The clinic's data and keys, copied into a folder, listed, signed and packed into one file."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mooring import __version__
from mooring.cli.plain import Halt
from mooring.clinic import home
from mooring.clinic.audit import lines
from mooring.clinic.audit.signer import SIGNING_KEY, signing_key, taken_over
from mooring.clinic.backups import packing, recovery
from mooring.clinic.backups.manifest import (
    CHECKPOINTS,
    POSTGRESQL,
    RECOVERY,
    SQLITE,
    Manifest,
    measured,
    write_signed,
)

NO_PG_DUMP = (
    "pg_dump was not found. Install it (Debian: apt-get install postgresql-client), in the version "
    "of the server, and run this again."
)
NO_ROOM = (
    "The disk that holds {place} has {free:.1f} MB free, and a backup of this clinic takes about "
    "{needed:.1f} MB: {missing:.1f} MB are missing. Free them and run this again."
)
MB = 1_000_000
Execute = Callable[[str], Any]
"""Runs one statement and gives back a cursor."""


@contextmanager
def outgoing() -> Iterator[Path]:
    """The clinic's parts, copied into a folder inside the data folder while the block runs.

    On the clinic's own disk: a clear copy never stands where the backup goes.
    """
    require_room(home.home())
    with tempfile.TemporaryDirectory(dir=home.home(), prefix="outgoing-") as folder:
        copy_parts(Path(folder))
        yield Path(folder)


def require_room(place: Path) -> None:
    """Halt when the disk of a folder cannot take a copy of the database, with how much it lacks."""
    database = home.home() / SQLITE
    needed = database.stat().st_size if database.exists() else 0
    free = shutil.disk_usage(place).free
    if free < needed:
        missing = needed - free
        words = {"free": free / MB, "needed": needed / MB, "missing": missing / MB}
        raise Halt(NO_ROOM.format(place=place, **words))


def copy_parts(copy: Path) -> None:
    """Copy checkpoints, keys, licensed texts and database into a folder.

    Checkpoints first: one made while the copy runs would see rows that the copy has not. The key
    that signs stays on this machine: whoever finds a backup could sign another one with it.
    """
    from django.db import connection

    if lines.path().exists():
        copy_file(lines.path(), copy / CHECKPOINTS)
    for name, path in home.key_files().items():
        if name != SIGNING_KEY:
            copy_file(path, copy / "keys" / name)
    for path in taken_over():
        copy_file(path, copy / "keys" / path.name)
    for path in (home.home() / "licensed").glob("*.toml"):
        copy_file(path, copy / "licensed" / path.name)
    if recovery.path().exists():
        copy_file(recovery.path(), copy / RECOVERY)
    if connection.vendor == "sqlite":
        copy_sqlite(copy / SQLITE)
    else:
        dump_postgresql(copy / POSTGRESQL)


def copy_file(source: Path, target: Path) -> None:
    """Copy one file; a full disk is named."""
    home.make_folder(target.parent)
    with packing.on_disk_of(target):
        shutil.copyfile(source, target)


def copy_sqlite(copy: Path) -> None:
    """Copy the database in one step, so that writers wait once and briefly."""
    from django.db import connection

    from mooring.clinic.database.sqlite import open_file

    connection.ensure_connection()
    target = open_file(copy)
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


def write(parts: Path, target: Path, now: datetime) -> Path:
    """List, sign, encrypt and pack what was copied; the file that was written.

    Encrypted to the clinic's recovery key where there is one, and then called so.
    """
    to = recovery.recipients()
    if to and target.suffix != ".age":
        target = target.with_name(f"{target.name}.age")
    require_room(target.parent)
    write_signed(listed(parts, now), signing_key(), parts)
    packing.pack(parts, target, to)
    return target


def listed(parts: Path, now: datetime) -> Manifest:
    """The manifest of what was copied."""
    from django.db import connection

    from mooring.clinic.accounts.clinic import UNNAMED, the_clinic

    clinic = the_clinic()
    sequence, last = head_in(parts)
    return Manifest(
        mooring=__version__,
        engine=connection.vendor,
        clinic="" if clinic is UNNAMED else str(clinic.pk),
        made_at=now.astimezone(UTC).isoformat(),
        audit_sequence=sequence,
        audit_hash=last,
        members=measured(parts),
        rows=rows_in(parts),
    )


def head_in(parts: Path) -> tuple[int, str]:
    """The audit's head in what was copied; on PostgreSQL the one of now."""
    from mooring.clinic.audit import chain

    with copied_database(parts) as execute:
        return head(execute) if execute else chain.head()


def rows_in(parts: Path) -> dict[str, int]:
    """How many rows each table of a copied SQLite database holds."""
    with copied_database(parts) as execute:
        return counted(execute) if execute else {}


@contextmanager
def copied_database(parts: Path) -> Iterator[Execute | None]:
    """How to ask the copied SQLite database; None where there is none."""
    from mooring.clinic.database.sqlite import open_file

    if not (parts / SQLITE).exists():
        yield None
        return
    line = open_file(parts / SQLITE)
    try:
        yield line.execute
    finally:
        line.close()


def head(execute: Execute) -> tuple[int, str]:
    """The audit's head in an open database, of whichever version."""
    last = "SELECT sequence, hash FROM audit_auditrow ORDER BY sequence DESC LIMIT 1"
    return execute(last).fetchone() or (0, "")


def counted(execute: Execute) -> dict[str, int]:
    """How many rows each table of an open SQLite database holds."""
    names = execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    return {
        name: execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in names
    }


def name_for(now: datetime) -> str:
    """What a backup is called that nobody named."""
    return f"mooring-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar"


def sync(file: Path) -> None:
    """Push a file to the disk."""
    with file.open("rb") as opened:
        os.fsync(opened.fileno())
