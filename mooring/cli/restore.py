"""`mooring restore`: open a backup, prove it, and only then put it in the clinic's place."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
import pyrage

from mooring.cli import restoring
from mooring.cli.ground import folder_in_use, undo_interrupted_restore
from mooring.cli.owner import as_owner
from mooring.cli.plain import Halt
from mooring.cli.restoring_postgresql import database_has_tables
from mooring.clinic import home
from mooring.clinic.backups import opening, recovery, swapping
from mooring.clinic.backups.manifest import UnsoundError
from mooring.clinic.backups.opening import Opened

OLDER = (
    "{file} is of an older format: it has no signed list of its parts. Its database and its audit "
    "are examined all the same."
)
COMPARE = (
    "{file} was signed with the key {fingerprint}, which this machine does not know. Compare it "
    "with the line `signing key` of the recovery sheet. If it is the same, run this again with "
    "--fingerprint {fingerprint}. If it is not, this is not your clinic's backup."
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Move what is there now aside first.")
@click.option("--test", is_flag=True, help="Only open and examine it; nothing is replaced.")
@click.option(
    "--identity",
    metavar="FILE|-",
    help="The recovery sheet, or a file with its key; - asks for it.",
)
@click.option("--fingerprint", metavar="KEY", help="The signing key that the recovery sheet names.")
def command(
    file: Path, replace: bool, test: bool, identity: str | None, fingerprint: str | None
) -> None:
    """Restore FILE, which `mooring backup` wrote. Stop the server first; --test needs no stop."""
    as_owner()
    os.umask(0o077)
    now = datetime.now(UTC)
    undo_interrupted_restore()
    with refused(file), data_folder(), folder_in_use(alone=not test):
        place = home.home() / ("restore-test" if test else swapping.INCOMING)
        key = identity_from(identity)
        if not test:
            require_vacancy(replace)
        with scratch(place):
            restoring.require_room(file, place)
            opened = opening.open_backup(file, key or own_identity(), place)
            require_engine(file, opened)
            require_signer(file, opened, fingerprint)
            data, keys = place / "data", place / "keys"
            opening.lay_out(opened, data, keys)
            if test:
                click.echo(f"{file} can be restored: {restoring.tested(opened, place)}")
            else:
                restoring.put_in_place(file, opened, place, now)
        if key is not None:
            recovery.proven(key, now)


@contextmanager
def refused(file: Path) -> Iterator[None]:
    """What is wrong with the backup, as one sentence with its name."""
    try:
        yield
    except UnsoundError as problem:
        raise Halt(f"{file} was not restored, and nothing was touched. {problem}") from problem


@contextmanager
def data_folder() -> Iterator[None]:
    """The data folder, made if it is not there; gone again when nothing came of it."""
    new = [folder for folder in (home.home(), home.keys()) if not folder.exists()]
    home.make_folder(home.home())
    try:
        yield
    except BaseException:
        for folder in new:
            if folder.exists() and not swapping.present(folder):
                shutil.rmtree(folder)
        raise


@contextmanager
def scratch(place: Path) -> Iterator[None]:
    """An empty folder inside the data folder: the same disk, and as closed as the chart."""
    shutil.rmtree(place, ignore_errors=True)
    home.make_folder(place)
    try:
        yield
    finally:
        shutil.rmtree(place, ignore_errors=True)


def identity_from(words: str | None) -> pyrage.x25519.Identity | None:
    """The recovery key from a file, or from whoever types it."""
    if words is None:
        return None
    if words != "-":
        text = Path(words).read_text(errors="replace")
    elif sys.stdin.isatty():
        text = click.prompt("The key on the recovery sheet", hide_input=True)
    else:
        text = sys.stdin.read()
    try:
        return recovery.identity_in(text)
    except UnsoundError as problem:
        raise Halt(str(problem)) from problem


def own_identity() -> pyrage.x25519.Identity | None:
    """The key with which this machine opens its own backups; None on a new one."""
    return recovery.of_this_machine() if (home.keys() / recovery.MACHINE).exists() else None


def require_vacancy(replace: bool) -> None:
    """Halt when a clinic is there already and was not said to be replaced."""
    if replace:
        return
    if swapping.present(home.home()):
        raise Halt(f"{home.home()} holds a clinic already. To move it aside first, add --replace")
    if database_has_tables():
        raise Halt("The database holds tables already. To move them aside first, add --replace")


def require_engine(file: Path, opened: Opened) -> None:
    """Halt when the backup is of the other database engine than the one that is set."""
    wanted = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    if opened.engine == wanted:
        return
    other = (
        "PostgreSQL: set DATABASE_URL"
        if opened.engine == "postgresql"
        else "SQLite: unset DATABASE_URL"
    )
    raise Halt(f"{file} is a backup of {other}, then run this again.")


def require_signer(file: Path, opened: Opened, expected: str | None) -> None:
    """Halt unless the backup was signed by a key that is known here, or that the sheet names.

    Not so for the older format, which proves nothing of who wrote it: that is said.
    """
    if opened.manifest is None:
        click.echo(OLDER.format(file=file))
        return
    found = opened.manifest.fingerprint
    if expected is not None and expected.strip().lower() != found:
        raise UnsoundError(f"It was signed with the key {found}, and not with {expected}.")
    if expected is None and not opening.is_known(opened.manifest):
        raise Halt(COMPARE.format(file=file, fingerprint=found))
