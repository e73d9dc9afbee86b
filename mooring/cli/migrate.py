"""`mooring migrate`: bring the tables up to this version, after a copy."""

from __future__ import annotations

import click

from mooring.cli.ground import folder_in_use, ready
from mooring.cli.owner import as_owner, grant
from mooring.cli.upgrade import Tables, migrate, tables


@click.command()
def command() -> None:
    """Bring the tables up to this version. Keeps a copy first; stop the server before.

    On PostgreSQL it works as the owner that MOORING_OWNER_DATABASE_URL names, and then grants to
    the role of DATABASE_URL what serving needs.
    """
    as_owner()
    ready()
    with folder_in_use(alone=True):
        if tables() is Tables.CURRENT:
            click.echo("The tables are of this version already.")
        migrate()
        grant()
        click.echo("The tables are of this version.")
