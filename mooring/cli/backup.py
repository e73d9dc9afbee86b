"""`mooring backup`: the clinic's data and keys as one file that was opened again and verified."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mooring.cli.copying import head_in, name_for, outgoing, write
from mooring.cli.ground import folder_in_use, ready
from mooring.cli.plain import Halt
from mooring.cli.upgrade import Tables, tables
from mooring.clinic import home
from mooring.clinic.backups import recovery, schedule
from mooring.clinic.backups.manifest import CHECKPOINTS, SQLITE

if TYPE_CHECKING:
    from mooring.clinic.audit.verdict import Verdict


CLEAR = (
    "{target} is NOT ENCRYPTED: whoever has it has the chart and its keys. Make a recovery key "
    "first: mooring recovery-sheet"
)


@click.command()
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option("--scheduled", is_flag=True, help="As the server does: by name, not examined now.")
def command(target: Path | None, scheduled: bool) -> None:
    """Write a backup to TARGET: a file that is not there yet, or a folder.

    It holds the chart and its keys, encrypted to the key on the recovery sheet where one was made.
    It may run while the clinic works. Exit code 1 when the audit in it does not hold; the file is
    written all the same.
    """
    ready()
    now = datetime.now(UTC)
    target = file_for(target or Path.cwd(), name_for(now))
    with folder_in_use():
        found = tables()
        if found is Tables.NONE:
            raise Halt(f"There is no clinic in {home.home()} yet.")
        with outgoing() as copy:
            if scheduled:
                write_scheduled(copy, target.parent, now)
                return
            verdict = examined(copy) if found is Tables.CURRENT else None
            target = write(copy, target, now)
    if recovery.known() is None:
        click.echo(CLEAR.format(target=target), err=True)
    if verdict is None:
        click.echo(
            f"{target}: written. Its tables are of an earlier version and were not verified."
        )
        return
    if not verdict.whole:
        raise Halt(f"{target} is written, but its audit does not hold: {verdict}")
    click.echo(f"{target}: {verdict}")


def write_scheduled(copy: Path, folder: Path, now: datetime) -> None:
    """Write what was copied under a name that tells its last row. The nightly test examines it."""
    row = head_in(copy)[0]
    click.echo(str(write(copy, folder / schedule.name_for(now, row), now)))


def file_for(target: Path, name: str) -> Path:
    """The file to write; in a folder it gets the time as its name."""
    if target.is_dir():
        target = target / name
    if target.exists():
        raise Halt(f"{target} is there already. Name a file that is not there yet.")
    return target.absolute()


def examined(copy: Path) -> Verdict:
    """How the audit and the tables of what was copied are found."""
    from django.db import connection

    from mooring.clinic.audit.verdict import examine

    if connection.vendor == "sqlite":
        return verified(copy / SQLITE)
    return examine(file=copy / CHECKPOINTS)


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
