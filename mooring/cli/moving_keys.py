"""Keys that lie inside the data folder are moved out of it, once."""

from __future__ import annotations

import errno

import click

from mooring.cli.plain import Halt
from mooring.clinic import home

TWO = (
    "There are two different keys called {name}: {inside} and {outside}. The first belongs to this "
    "clinic. Move the second away, or name another folder for this clinic's keys with MOORING_KEYS."
)
STAYED = (
    "The keys still lie inside the data folder, because {keys} cannot be written ({why}). Name a "
    "folder for them with MOORING_KEYS."
)
MOVED = (
    "The keys are now in {keys}, outside the data folder. Keep that folder as you keep the chart."
)


def move_keys() -> None:
    """Bring keys from inside the data folder to where keys lie, and say so in one line.

    Copied and on the disk before the first is removed: at every moment each key is in one of the
    two places at least, and the one outside is read first. Where no folder outside can be made, the
    clinic works on with its keys where they are. Halts when another key of the name is there.
    """
    inside = home.keys_of_before()
    found = sorted(inside.glob("*.key")) if inside != home.keys() else []
    if found:
        require_same([path.name for path in found])
        try:
            home.make_folder(home.keys())
            for path in found:
                home.keep(home.keys() / path.name, path.read_bytes())
        except OSError as problem:
            if problem.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
                raise
            click.echo(STAYED.format(keys=home.keys(), why=problem.strerror), err=True)
            return
        require_same([path.name for path in found])
        home.remember_keys()
        for path in found:
            path.unlink()
        home.sync_folder(inside)
        click.echo(MOVED.format(keys=home.keys()))
    if inside.is_dir() and not any(inside.iterdir()):
        inside.rmdir()
    home.remember_keys()


def require_same(names: list[str]) -> None:
    """Halt when a key outside is not the one of the same name inside."""
    for name in names:
        inside, outside = home.keys_of_before() / name, home.keys() / name
        if outside.exists() and outside.read_bytes() != inside.read_bytes():
            raise Halt(TWO.format(name=name, inside=inside, outside=outside))
