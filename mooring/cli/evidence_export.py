"""`mooring evidence export`: the whole base for readers outside, as JSON or as a table."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv"]),
    help="What to write; without it, what the file's name ends in, else JSON.",
)
def command(target: Path, form: str | None) -> None:
    """Write all sources, claims, disagreements and corrections to TARGET.

    TARGET is a file, or a folder that is there: in it, the file is named for version and format.
    """
    from mooring.core import evidence
    from mooring.core.evidence.export import as_csv, as_json, export

    exported = export(evidence.load())
    form = form or ("csv" if target.suffix == ".csv" else "json")
    path = target / f"mooring-evidence-{exported.version}.{form}" if target.is_dir() else target
    path.parent.mkdir(parents=True, exist_ok=True)
    # newline="": the table brings its own line ends.
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(as_csv(exported) if form == "csv" else as_json(exported))
    click.echo(f"Wrote {path}: {len(exported.claims)} claims, {len(exported.sources)} sources.")
    click.echo(f"Version {exported.version} of {exported.day}, SHA-256 {exported.digest}")
