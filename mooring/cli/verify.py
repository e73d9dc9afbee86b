"""`mooring verify`: is the audit whole, and do the tables hold what it says was written?"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import click

from mooring.cli.ground import folder_in_use, ready
from mooring.cli.upgrade import require_current

A_LINE_EACH = 5.0
"""Seconds between two lines of progress where nobody watches a terminal."""


@click.command()
@click.option(
    "--against",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A copy of the checkpoint file that was kept elsewhere.",
)
@click.option(
    "--begin-anew",
    metavar="REASON",
    help="The checkpoint file was lost: say why, and go on with a new one. The audit keeps it.",
)
@click.option("--processes", type=click.IntRange(1, 16), help="How many to work side by side.")
def command(against: Path | None, begin_anew: str | None, processes: int | None) -> None:
    """Walk the audit and name the first row that does not hold. Exit code 1 when one does not."""
    ready()
    with folder_in_use():
        from django.utils import timezone

        from mooring.clinic.actions import command as actor
        from mooring.clinic.audit import checkpoints
        from mooring.clinic.audit.verdict import verify_and_record
        from mooring.clinic.audit.work import Work, cores

        require_current()
        by = actor("verify")
        if begin_anew is not None:
            if not begin_anew.strip():
                raise click.UsageError("Say why the checkpoint file is begun anew.")
            checkpoints.begin_anew(by, begin_anew.strip(), timezone.now())
        progress = Progress()
        work = Work(processes or cores(), progress.tell)
        verdict = verify_and_record(by, timezone.now(), against=against, work=work)
        progress.end()
        click.echo(str(verdict))
    if not verdict.whole:
        raise SystemExit(1)


class Progress:
    """One line that is written over on a terminal; elsewhere a line each few seconds."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._began = self._said = time.monotonic()

    def tell(self, words: str) -> None:
        """Say how far the work is."""
        now = time.monotonic()
        if self._watched:
            click.echo(f"\r{now - self._began:4.0f} s  {words}\033[K", nl=False, err=True)
        elif now - self._said >= A_LINE_EACH:
            click.echo(f"{now - self._began:.0f} s: {words}", err=True)
            self._said = now

    def end(self) -> None:
        """Make room for the verdict."""
        if self._watched:
            click.echo("\r\033[K", nl=False, err=True)
