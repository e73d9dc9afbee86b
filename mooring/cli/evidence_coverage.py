"""`mooring evidence coverage`: where did every statement of the founding documents go?"""

from __future__ import annotations

import click


@click.command()
def command() -> None:
    """Count the statements by where they stand, and name those that stand nowhere.

    A statement is placed when it is a claim that a rule, a workflow, a passage of the handbook, a
    disagreement or a correction uses, or that is excluded with a reason. Exit code 1 on a gap.
    """
    from mooring.core import evidence
    from mooring.core.evidence.coverage import CORRECTIONS, DISAGREEMENTS, KINDS, coverage

    found = coverage(evidence.load())
    for kind in KINDS:
        click.echo(f"{found.count(kind):4}  {kind}")
    click.echo()
    _line("statements placed", len(found.places), found.gaps)
    _line("disagreements", len(DISAGREEMENTS), found.missing_disagreements)
    _line("corrections", len(CORRECTIONS), found.missing_corrections)
    if not found.whole:
        raise SystemExit(1)


def _line(what: str, of: int, missing: tuple[str, ...]) -> None:
    click.echo(f"{what}: {of - len(missing)} of {of}")
    if missing:
        click.echo(click.wrap_text(" ".join(missing), 98, "  missing: ", "           "))
