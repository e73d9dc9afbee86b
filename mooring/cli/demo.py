"""`mooring demo`: a clinic of made-up people, ready to walk through."""

from __future__ import annotations

import click

from mooring.cli.ground import folder_in_use, ready
from mooring.cli.plain import Halt
from mooring.cli.serve import answer, listen, require_built
from mooring.cli.upgrade import migrate


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
def command(host: str, port: int) -> None:
    """Make the demonstration clinic if there is none, and serve it."""
    ready()
    require_built()
    listener = listen(host, port)
    with folder_in_use():
        migrate()
        build_once()
        show_logins()
        answer(listener, workers=1)


def build_once() -> None:
    """Make the demonstration clinic, whole or not at all. Halts on a folder with a real one."""
    from django.db import transaction
    from django.utils import timezone

    from mooring.clinic.accounts.models import Clinic
    from mooring.clinic.demo import build

    clinic = Clinic.objects.first()
    if clinic is None:
        click.echo("Making the demonstration clinic. This takes a minute, once.")
        with transaction.atomic():
            build(timezone.now(), lambda line: click.echo(f"  {line}"))
    elif not clinic.demonstration:
        raise Halt(
            f"This folder holds {clinic.name}, which is no demonstration. Name an empty folder: "
            "MOORING_HOME=demonstration mooring demo"
        )


def show_logins() -> None:
    """Print who can sign in, and with what."""
    from mooring.clinic.demo import LOGINS

    for login in LOGINS:
        roles = ", ".join(login.roles)
        click.echo(f"  {login.username:<10} {login.password:<20} {login.name} ({roles})")
