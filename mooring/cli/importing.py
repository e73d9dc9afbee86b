"""`mooring import`: patient records from FHIR bundles."""

from __future__ import annotations

from pathlib import Path

import click

from mooring.cli.ground import folder_in_use, ready
from mooring.cli.upgrade import require_current


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def command(files: tuple[Path, ...]) -> None:
    """Import FHIR R4 bundles. Each file is taken whole or not at all; each gets one line."""
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
    from mooring.exchange.fhir.importing import import_file
    from mooring.exchange.fhir.unfit import ImportRefusedError

    try:
        batch = import_file(file, actor("import"), timezone.now())
    except ImportRefusedError as refused:
        click.echo(str(refused), err=True)
        return False
    click.echo(f"{file.name}: imported for {batch.patient}")
    return True
