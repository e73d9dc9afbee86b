"""`mooring doctor`: is this machine fit to hold a chart? Each line says so or what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import click

from mooring.cli import checkups
from mooring.cli.ground import ready
from mooring.cli.plain import plain_failures


@click.command()
def command() -> None:
    """Look the machine over. Exit code 1 when something is to be done."""
    ready()
    to_do = [name for name, check in checkups.ALL.items() if not report(name, check)]
    if to_do:
        raise SystemExit(1)


def report(name: str, check: Callable[[], Iterator[checkups.Finding]]) -> bool:
    """Print what one checkup found; False when something is to be done."""
    findings = []
    try:
        with plain_failures():
            findings = list(check())
    except click.ClickException as halt:
        findings = [checkups.Finding(False, halt.message)]
    for finding in findings:
        click.echo(f"{'ok  ' if finding.fine else 'do  '} {name}: {finding.words}")
    return all(finding.fine for finding in findings)
