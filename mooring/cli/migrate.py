"""`mooring migrate`: bring the tables up to this version, after a copy."""

from __future__ import annotations

import click

from mooring.cli.ground import folder_in_use, ready
from mooring.cli.upgrade import Tables, migrate, tables


@click.command()
def command() -> None:
    """Bring the tables up to this version. Keeps a copy first; stop the server before."""
    ready()
    with folder_in_use(alone=True):
        if tables() is Tables.CURRENT:
            click.echo("The tables are of this version already.")
        migrate()
        click.echo("The tables are of this version.")
