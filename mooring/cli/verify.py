"""`mooring verify`: is the audit whole?"""

from __future__ import annotations

import click

from mooring.cli.ground import folder_in_use, ready
from mooring.cli.upgrade import require_current


@click.command()
def command() -> None:
    """Walk the audit and name the first row that does not hold. Exit code 1 when one does not."""
    ready()
    with folder_in_use():
        from django.utils import timezone

        from mooring.clinic.actions import command as actor
        from mooring.clinic.audit.verdict import verify_and_record

        require_current()
        verdict = verify_and_record(actor("verify"), timezone.now())
        click.echo(str(verdict))
    if not verdict.whole:
        raise SystemExit(1)
