"""`mooring evidence lint`: does what the evidence says add up?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from mooring.core.evidence.base import EvidenceBase
    from mooring.core.evidence.lint import Finding, Report


@click.command()
@click.option("--all", "everything", is_flag=True, help="Show acknowledged findings, with reasons.")
def command(everything: bool) -> None:
    """Recompute what follows from recorded numbers, and find what is left out.

    Exit code 1 on a finding that nobody has acknowledged in the data.
    """
    from mooring.core import evidence
    from mooring.core.evidence.lint import lint

    base = evidence.load()
    report = lint(base)
    _show(base, ((finding, "") for finding in report.open))
    if everything:
        click.echo("Acknowledged:\n")
        _show(base, report.acknowledged)
    click.echo(_counts(report))
    if report.open:
        raise SystemExit(1)


def _show(base: EvidenceBase, found: Iterable[tuple[Finding, str]]) -> None:
    """The findings, topic by topic."""
    by_topic: dict[str, list[str]] = {}
    for finding, reason in found:
        lines = by_topic.setdefault(base.claim(finding.claim).topic, [])
        lines.append(f"  {finding.claim}  {finding.check}: {finding.says}")
        lines += [] if reason else [f"      fingerprint: {finding.fingerprint}"]
        lines += [f"      stands because: {reason}"] if reason else []
    for topic, lines in by_topic.items():
        click.echo("\n".join([topic, *lines, ""]))


def _counts(report: Report) -> str:
    return (
        f"{report.claims} claims, {report.recomputed} of {report.numbers} numbers recomputed: "
        f"{len(report.open)} findings open, {len(report.acknowledged)} acknowledged."
    )
