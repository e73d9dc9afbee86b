"""Bringing the tables up to this version: never by accident, and never without a copy."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

import click

from mooring.cli.copying import name_for, outgoing, write
from mooring.cli.moving_keys import move_keys
from mooring.cli.owner import SERVES, only_serves
from mooring.cli.plain import Halt
from mooring.clinic import home

FOLDER = "before-upgrade"
NEWER = (
    "A newer Mooring has written this clinic ({unknown}). Install that version again; this one "
    "would not understand what stands there, and touches nothing."
)
EARLIER = (
    "The tables are of an earlier version. Run `mooring migrate`: it keeps a copy of the clinic, "
    "then brings them up to this version."
)


class Tables(Enum):
    """How the tables of the database stand to this version."""

    NONE = "none"
    EARLIER = "earlier"
    CURRENT = "current"


def tables() -> Tables:
    """How they stand. Halts for tables that a newer version wrote."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    known, applied = executor.loader.disk_migrations, executor.loader.applied_migrations
    unknown = sorted(f"{app}.{name}" for app, name in applied if (app, name) not in known)
    if unknown:
        raise Halt(NEWER.format(unknown=unknown[-1]))
    if not applied:
        return Tables.NONE
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Tables.EARLIER if waiting else Tables.CURRENT


def require_current() -> None:
    """For commands that only work with a clinic: make the tables of a new one, change no other."""
    found = tables()
    if found is Tables.EARLIER:
        raise Halt(EARLIER)
    if found is Tables.NONE:
        require_owner()
        _migrate()


def require_owner() -> None:
    """Halt where the database's role only serves: it can make and alter no table."""
    if only_serves():
        raise Halt(SERVES)


def migrate() -> None:
    """Bring the tables up to this version; where they hold a clinic, a copy is kept first."""
    found = tables()
    if found is not Tables.CURRENT:
        require_owner()
    move_keys()
    if found is Tables.EARLIER:
        click.echo(f"A copy of the clinic as it was is in {keep_copy(datetime.now(UTC))}")
    bring_up_to_date()


def bring_up_to_date() -> None:
    """The same of a clinic of which there is a copy already."""
    if tables() is not Tables.CURRENT:
        _migrate()
    _take_over()
    _guard()


def keep_copy(now: datetime) -> Path:
    """A backup beside the data, which `mooring restore` takes. Halts when it cannot be made."""
    folder = home.home() / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    with outgoing() as parts:
        return write(parts, folder / name_for(now), now)


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def _take_over() -> None:
    from django.utils import timezone

    from mooring.clinic.actions import command as actor
    from mooring.clinic.audit.tables import take_over

    take_over(actor("migrate"), timezone.now())


def _guard() -> None:
    """Put fallen guards of append-only tables up again; the audit keeps that they had fallen."""
    from django.utils import timezone

    from mooring.clinic.actions import command as actor
    from mooring.clinic.audit.fallen import put_up_and_record

    if only_serves():
        return
    fallen = put_up_and_record(actor("migrate"), timezone.now())
    if fallen:
        click.echo(f"These guards had fallen and were put up again: {', '.join(fallen)}", err=True)
