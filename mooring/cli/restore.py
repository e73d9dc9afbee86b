"""`mooring restore`: put a backup in the place of the data folder, and verify it there."""

from __future__ import annotations

import os
import shutil
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import click

from mooring.cli.copying import CHECKPOINTS, POSTGRESQL_COPY, SQLITE_COPY, run_tool
from mooring.cli.ground import folder_in_use, ready
from mooring.cli.moving_keys import move_keys
from mooring.cli.owner import as_owner, grant
from mooring.cli.plain import Halt
from mooring.cli.upgrade import migrate
from mooring.clinic import home

ASIDE = "replaced-"
OURS = {SQLITE_COPY, POSTGRESQL_COPY, CHECKPOINTS, "keys"}
NOT_OURS = "{file} is not a backup that `mooring backup` wrote. Choose another file."


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Move what is there now aside first.")
def command(file: Path, replace: bool) -> None:
    """Restore FILE, which `mooring backup` wrote. Stop the server first."""
    as_owner()
    require_backup(file)
    home.home().mkdir(parents=True, exist_ok=True, mode=0o700)
    os.umask(0o077)
    with folder_in_use(alone=True):
        now = datetime.now(UTC)
        require_empty_database(replace)
        make_room(now, replace)
        with tarfile.open(file) as tar:
            tar.extractall(home.home(), filter="data")
        ready()
        move_keys()
        seen = swap_checkpoints(now)
        if (home.home() / POSTGRESQL_COPY).exists():
            restore_postgresql(now)
        migrate()
        grant()
        settle(file, now, seen)


def require_backup(file: Path) -> None:
    """Halt unless the file holds what a backup holds, and nothing else."""
    try:
        with tarfile.open(file) as tar:
            names = {member.name.split("/")[0] for member in tar.getmembers()}
            plain = all(member.isfile() or member.isdir() for member in tar.getmembers())
    except (tarfile.TarError, EOFError) as problem:
        raise Halt(NOT_OURS.format(file=file)) from problem
    if not plain or not names <= OURS or not names & {SQLITE_COPY, POSTGRESQL_COPY}:
        raise Halt(NOT_OURS.format(file=file))
    on_postgresql = bool(os.environ.get("DATABASE_URL"))
    if on_postgresql != (POSTGRESQL_COPY in names):
        other = (
            "PostgreSQL: set DATABASE_URL" if not on_postgresql else "SQLite: unset DATABASE_URL"
        )
        raise Halt(f"{file} is a backup of {other}, then run this again.")


def make_room(now: datetime, replace: bool) -> None:
    """Move what the data folder holds into a folder of its own. Halts without `replace`."""
    there = [
        part
        for part in home.home().iterdir()
        if part.name != "in-use.lock" and not part.name.startswith(ASIDE)
    ]
    aside = home.home() / f"{ASIDE}{now:%Y%m%dT%H%M%SZ}"
    if not there:
        move_keys_aside(aside.name)
        return
    if not replace:
        raise Halt(f"{home.home()} holds a clinic already. To move it aside first, add --replace")
    aside.mkdir(mode=0o700)
    for part in there:
        shutil.move(part, aside / part.name)
    move_keys_aside(aside.name)
    click.echo(f"What was there is now in {aside}")


def move_keys_aside(name: str) -> None:
    """The keys of what was there, into a folder of their own beside those that come."""
    there = [path for path in home.key_files().values() if path.parent == home.keys()]
    aside = home.keys() / name
    for path in there:
        aside.mkdir(mode=0o700, exist_ok=True)
        path.rename(aside / path.name)
    if there:
        click.echo(f"The keys that were there are now in {aside}")


def require_empty_database(replace: bool) -> None:
    """Halt when the PostgreSQL that is to be filled holds tables, or its tool is missing."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        return
    import psycopg

    if shutil.which("pg_restore") is None:
        raise Halt("pg_restore was not found. Install it, in the version of the server.")
    with psycopg.connect(url, connect_timeout=5) as line:
        found = line.execute("SELECT 1 FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if found and not replace:
        raise Halt("The database holds tables already. To move them aside first, add --replace")


def restore_postgresql(now: datetime) -> None:
    """Fill the database that DATABASE_URL names; what is in it moves to a schema of its own."""
    from django.db import connection

    tool = str(shutil.which("pg_restore"))
    if connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER SCHEMA public RENAME TO "replaced_{now:%Y%m%dT%H%M%SZ}"')
            cursor.execute("CREATE SCHEMA public")
    connection.close()
    dump = home.home() / POSTGRESQL_COPY
    run_tool(
        [tool, "--exit-on-error", "--no-owner", "--dbname", os.environ["DATABASE_URL"], str(dump)]
    )
    dump.unlink()


def swap_checkpoints(now: datetime) -> int:
    """Where checkpoints are kept elsewhere, put the backup's there; the row the old ones saw."""
    from mooring.clinic.audit import checkpoints, newest

    newest.begin_anew()
    seen, place, restored = (
        checkpoints.last_sequence(),
        checkpoints.path(),
        home.home() / CHECKPOINTS,
    )
    if place == restored:
        return 0
    if place.exists():
        place.rename(place.with_name(f"{place.name}.{ASIDE}{now:%Y%m%dT%H%M%SZ}"))
    if restored.exists():
        shutil.move(restored, place)
    return seen


def settle(file: Path, now: datetime, seen: int) -> None:
    """Verify what was restored, and write into its audit that it was."""
    from mooring.clinic.actions import command as actor
    from mooring.clinic.actions import writing
    from mooring.clinic.audit import chain
    from mooring.clinic.audit.verdict import examine

    verdict = examine(copied=True)
    lost = f" Rows {verdict.rows + 1} to {seen} are not in it." if seen > verdict.rows else ""
    by = actor("restore")
    with writing():
        chain.append(
            at=now,
            actor=by.key,
            actor_name=by.name,
            action="audit.restored",
            subject="audit.AuditRow",
            subject_id=str(chain.head()[0]),
            patient=None,
            detail=f"restored from {file.name}: {verdict}{lost}",
        )
    if not verdict.whole:
        raise Halt(f"Restored, but the audit does not hold: {verdict}")
    click.echo(f"Restored from {file}: {verdict}{lost}")
