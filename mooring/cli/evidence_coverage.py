"""`mooring evidence coverage`: what carries every statement of the founding documents?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mooring.core.evidence.coverage import Coverage


@click.command()
@click.option("--each", is_flag=True, help="Show each statement with its carriers and their tests.")
def command(each: bool) -> None:
    """Count the statements by what carries them: a rule, a screen, a passage, or nothing.

    A rule or a screen counts only with the tests that show it. Each statement is counted once, by
    what holds it most. Exit code 1 where a statement, disagreement or correction is not on record.
    """
    from mooring.core import evidence
    from mooring.core.evidence.coverage import CORRECTIONS, DISAGREEMENTS, By, coverage
    from mooring.core.evidence.coverage_page import in_words

    found = coverage(evidence.load())
    if each:
        _each(found)
    for by in (*By, None):
        click.echo(f"{found.count(by):4}  {in_words(by)}")
    click.echo()
    _line("statements on record", len(found.carriers), found.without_claim)
    _line("disagreements", len(DISAGREEMENTS), found.missing_disagreements)
    _line("corrections", len(CORRECTIONS), found.missing_corrections)
    if not found.whole:
        raise SystemExit(1)


def _each(found: Coverage) -> None:
    for name, carriers in found.carriers.items():
        click.echo(name if carriers else f"{name}  nothing")
        for one in carriers:
            click.echo(f"  {one.by}: {one.says}")
            for test in one.shown_by:
                click.echo(f"    {test}")
    click.echo()


def _line(what: str, of: int, missing: tuple[str, ...]) -> None:
    click.echo(f"{what}: {of - len(missing)} of {of}")
    if missing:
        click.echo(click.wrap_text(" ".join(missing), 98, "  missing: ", "           "))
