"""`mooring import`: patient records from FHIR bundles."""

from __future__ import annotations

from pathlib import Path

import click

from mooring.cli.ground import folder_in_use, ready
from mooring.cli.upgrade import require_current


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def command(files: tuple[Path, ...]) -> None:
    """Import FHIR R4 bundles. Each file is taken whole or not at all; each gets one line.

    A file of a patient who is here already waits until somebody has compared it with the chart.
    """
    ready()
    with folder_in_use():
        require_current()
        taken = [import_one(file) for file in files]
    if not all(taken):
        raise SystemExit(1)


def import_one(file: Path) -> bool:
    """Import one file and say what came of it; False when it was refused."""
    from django.utils import timezone

    from mooring.clinic.actions import command as actor
    from mooring.clinic.imports.models import WaitingFile
    from mooring.exchange.fhir.importing import import_file
    from mooring.exchange.fhir.unfit import ImportRefusedError

    try:
        taken = import_file(file, actor("import"), timezone.now())
    except ImportRefusedError as refused:
        click.echo(str(refused), err=True)
        return False
    if isinstance(taken, WaitingFile):
        where = f"open the chart, and there Imports, or /imports/waiting/{taken.pk}/"
        click.echo(
            f"{file.name}: waits to be compared with the chart of {taken.patient}, record"
            f" {taken.patient.identifier}; {where}"
        )
        return True
    click.echo(f"{file.name}: imported for {taken.patient}")
    return True
