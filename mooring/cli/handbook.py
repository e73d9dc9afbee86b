"""`mooring handbook`: the handbook as a folder of pages that a clinic can publish."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mooring.cli.ground import folder_in_use, ready
from mooring.cli.plain import Halt
from mooring.cli.serve import require_built
from mooring.cli.upgrade import require_current
from mooring.clinic import home

if TYPE_CHECKING:
    from mooring.clinic.accounts.models import Clinic
    from mooring.clinic.handbook.reading.current import Current


@click.group()
def command() -> None:
    """The handbook: what is known, where it comes from, and who disagrees.

    `build` writes it as pages that need no server.
    """


@command.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--clinicians", is_flag=True, help="Also the text for clinicians, with doses.")
@click.option("--replace", is_flag=True, help="Replace the handbook that was built there before.")
def build(folder: Path, clinicians: bool, replace: bool) -> None:
    """Write the handbook to FOLDER as plain pages, with the changes accepted in this clinic.

    Without --clinicians the pages hold what patients are shown, and nothing else.
    """
    ready()
    require_built()
    from mooring.clinic import settings
    from mooring.clinic.handbook.site.build import site
    from mooring.clinic.handbook.site.folder import OccupiedError, require_free, write

    try:
        require_free(folder, replace)
    except OccupiedError as occupied:
        raise Halt(str(occupied)) from None
    style = Path(settings.HERE) / "static" / "built" / "mooring.css"
    now, clinic = standing()
    files = site(now, style.read_text(encoding="utf-8"), clinicians, clinic)
    write(folder, files)
    pages = sum(name.endswith(".html") for name in files)
    click.echo(f"{pages} pages. Open {folder / 'index.html'}")


def standing() -> tuple[Current, Clinic]:
    """The handbook with this clinic's changes and crisis words; as shipped where no clinic is."""
    from mooring.clinic.accounts.clinic import UNNAMED, the_clinic
    from mooring.clinic.handbook.reading.current import Current, current, shipped

    if not os.environ.get("DATABASE_URL") and not (home.home() / "mooring.sqlite3").exists():
        return Current(shipped(), {}, of_clinic=False), UNNAMED
    with folder_in_use():
        require_current()
        return current(), the_clinic()
