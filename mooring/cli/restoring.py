"""The steps of a restore: a copy is examined as the clinic it is, then it takes the place."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from mooring.cli import restoring_postgresql as postgresql
from mooring.cli.owner import serving_role
from mooring.clinic import home
from mooring.clinic.audit.lines import last_line
from mooring.clinic.audit.lines import path as checkpoints
from mooring.clinic.backups import manifest as listed
from mooring.clinic.backups import swapping
from mooring.clinic.backups.manifest import UnsoundError
from mooring.clinic.backups.opening import Opened

NO_ROOM = (
    "{needed:.1f} MB are needed to unpack it, and the disk that holds {place} has {free:.1f} MB "
    "free: {missing:.1f} MB are missing. Free them, then run this again."
)
MB = 1_000_000


def require_room(file: Path, place: Path) -> None:
    """UnsoundError when the disk cannot take the backup decrypted, and unpacked beside that."""
    needed, free = 2 * file.stat().st_size, shutil.disk_usage(place).free
    if free < needed:
        missing = needed - free
        raise UnsoundError(
            NO_ROOM.format(needed=needed / MB, place=place, free=free / MB, missing=missing / MB)
        )


def tested(opened: Opened, place: Path) -> str:
    """How the copy is found where nothing is replaced. UnsoundError when it is not whole."""
    if opened.engine == "postgresql":
        with postgresql.scratch_database(place / "data" / listed.POSTGRESQL) as url:
            return str(examine(opened, place, DATABASE_URL=url)["verdict"])
    return str(examine(opened, place)["verdict"])


def put_in_place(file: Path, opened: Opened, place: Path, now: datetime) -> None:
    """Examine the copy, then let it take the clinic's place."""
    stamp = f"{now:%Y%m%dT%H%M%SZ}"
    words = ["--restored-from", file.name, "--seen", str(last_seen())]
    if opened.engine == "sqlite":
        found = examine(opened, place, *words)
        replace_folders(place, stamp)
    else:
        dump = (place / "data" / listed.POSTGRESQL).rename(place / listed.POSTGRESQL)
        try:
            was_empty = postgresql.fill(dump, stamp)
            role = serving_role()
            words += ["--grant-to", role] if role else []
            found = examine(opened, place, *words, DATABASE_URL=os.environ["DATABASE_URL"])
            replace_folders(place, stamp)
            if was_empty:
                postgresql.drop_aside(stamp)
        except BaseException:
            if swapping.interrupted():
                swapping.put_back()
            raise
    click.echo(f"Restored from {file}: {found['verdict']}")


def last_seen() -> int:
    """The row that the last checkpoint of the clinic that is there saw; 0 without one."""
    try:
        return last_line(checkpoints()).sequence
    except OSError:
        return 0


def examine(opened: Opened, place: Path, *words: str, **more: str) -> dict[str, Any]:
    """How the copy is found, opened as a clinic of its own. UnsoundError when it is not whole."""
    bare = {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL" and not name.startswith("MOORING_")
    }
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "mooring.cli.examining", *words],
        env={
            **bare,
            "MOORING_HOME": str(place / "data"),
            "MOORING_KEYS": str(place / "keys"),
            **more,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise UnsoundError(f"It could not be examined: {said[-1]}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    if "fault" in found:
        raise UnsoundError(str(found["fault"]))
    if not found["whole"]:
        raise UnsoundError(f"Its audit does not hold: {found['verdict']}")
    hold_head(opened, found)
    return found


def hold_head(opened: Opened, found: dict[str, Any]) -> None:
    """The audit ends where the manifest says that it ended."""
    if opened.manifest is None or opened.engine == "postgresql":
        return
    sequence, head = opened.manifest.audit_sequence, opened.manifest.audit_hash
    if found["head"] != [sequence, head]:
        raise UnsoundError(f"Its audit ends at row {found['head'][0]}, not at row {sequence}.")
    for table, rows in opened.manifest.rows.items():
        if found["rows"].get(table) != rows:
            raise UnsoundError(f"Its table {table} does not hold the {rows} rows that it held.")


def replace_folders(place: Path, stamp: str) -> None:
    """Let the copy's folders take the place of the clinic's, all of them or none."""
    for left in ("chores.lock", "in-use.lock"):
        (place / "data" / left).unlink(missing_ok=True)
    bring_near(place / "keys")
    planned = swapping.moves(place / "data", home.keys() / swapping.INCOMING, stamp)
    there = any(target.parent.name.startswith(swapping.ASIDE) for _, target in planned)
    swapping.swap([*planned, *checkpoint_moves(place / "data", stamp)])
    shutil.rmtree(home.keys() / swapping.INCOMING, ignore_errors=True)
    if there:
        click.echo(f"What was there is now in {home.home() / f'{swapping.ASIDE}{stamp}'}")
        click.echo(f"Its keys are now in {home.keys() / f'{swapping.ASIDE}{stamp}'}")


def bring_near(keys: Path) -> None:
    """Copy the keys to the disk on which keys lie: from there a rename puts them in place."""
    near = home.keys() / swapping.INCOMING
    shutil.rmtree(near, ignore_errors=True)
    home.make_folder(near)
    for key in sorted(keys.iterdir()):
        home.keep(near / key.name, key.read_bytes())


def checkpoint_moves(data: Path, stamp: str) -> list[swapping.Move]:
    """Where checkpoints are kept elsewhere: the ones there aside, the copy's in their place."""
    if checkpoints().resolve().parent == home.home():
        return []
    moves = []
    for ending in ("", ".newest"):
        place = checkpoints().with_name(f"{checkpoints().name}{ending}")
        copy = data / f"{listed.CHECKPOINTS}{ending}"
        if place.exists():
            moves.append((place, place.with_name(f"{place.name}.{swapping.ASIDE}{stamp}")))
        if copy.exists():
            near = place.with_name(f".{place.name}.{swapping.INCOMING}")
            home.replace(near, copy.read_bytes())
            moves.append((near, place))
    return moves
