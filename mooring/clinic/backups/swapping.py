"""Puts a restored clinic in the place of the one that is there: all of it, or none of it.

Every move is written into a journal, on the disk, before the first is made. Each move is a rename.
What stops in between is undone from the journal by the next command that takes the data folder.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import psycopg

from mooring.clinic import home

JOURNAL = "restore.journal"
INCOMING = "incoming"
"""The folder in which a backup is unpacked and examined before anything is touched."""
ASIDE = "replaced-"
STAYS = {"in-use.lock", "chores.lock", JOURNAL, INCOMING, "restore-test"}

Move = tuple[Path, Path]


def journal() -> Path:
    """Where the moves under way are written down."""
    return home.home() / JOURNAL


def present(folder: Path) -> list[Path]:
    """What of a clinic a folder of data or of keys holds."""
    if not folder.is_dir():
        return []
    return sorted(
        part
        for part in folder.iterdir()
        if part.name not in STAYS and not part.name.startswith(ASIDE)
    )


def moves(incoming: Path, incoming_keys: Path, stamp: str) -> list[Move]:
    """What is there to a folder of its own, then what comes to its place."""
    data, keys = home.home(), home.keys()
    aside = f"{ASIDE}{stamp}"
    out = [(part, data / aside / part.name) for part in present(data) if part != keys]
    out += [(part, keys / aside / part.name) for part in present(keys) if part != data]
    into = [(part, data / part.name) for part in sorted(incoming.iterdir())]
    into += [(part, keys / part.name) for part in sorted(incoming_keys.iterdir())]
    return out + into


def begin(schema: str) -> None:
    """Write down that PostgreSQL's public schema is about to be renamed, before it is."""
    write_journal([], schema)


def write_journal(planned: list[Move], schema: str | None) -> None:
    """What has to be undone, should what follows not come to its end."""
    lines = [[str(source), str(target)] for source, target in planned]
    home.replace(journal(), json.dumps({"moves": lines, "schema": schema}).encode())


def schema_aside() -> str | None:
    """The schema that holds what was in PostgreSQL before the restore under way."""
    return json.loads(journal().read_text())["schema"] if interrupted() else None


def swap(planned: Iterable[Move]) -> None:
    """Make the moves, or none of them."""
    planned = list(planned)
    write_journal(planned, schema_aside())
    try:
        for source, target in planned:
            home.make_folder(target.parent)
            source.rename(target)
        for folder in {path.parent for move in planned for path in move}:
            home.sync_folder(folder)
    except BaseException:
        put_back()
        raise
    finish()


def finish() -> None:
    """The moves stand: from here on nothing is undone."""
    journal().unlink()
    home.sync_folder(home.home())


def interrupted() -> bool:
    """Whether a swap was begun and neither finished nor undone."""
    return journal().exists()


def put_back() -> None:
    """Undo the moves of the journal, the last first. May itself be interrupted and begun again."""
    facts = json.loads(journal().read_text())
    planned = [(Path(source), Path(target)) for source, target in facts["moves"]]
    for source, target in reversed(planned):
        if target.exists() and not source.exists():
            home.make_folder(source.parent)
            target.rename(source)
    for folder in {path.parent for move in planned for path in move if path.parent.exists()}:
        home.sync_folder(folder)
    if facts["schema"]:
        put_schema_back(facts["schema"])
    finish()
    for target in {target.parent for _, target in planned if target.parent.name.startswith(ASIDE)}:
        if target.is_dir() and not any(target.iterdir()):
            target.rmdir()
    clear_incoming()


def put_schema_back(aside: str) -> None:
    """Where PostgreSQL's public schema was moved aside, drop what came to its place."""
    with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5) as line:
        found = line.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [aside]).fetchone()
        if found:
            line.execute("DROP SCHEMA IF EXISTS public CASCADE")
            line.execute(f'ALTER SCHEMA "{aside}" RENAME TO public')


def clear_incoming() -> None:
    """Remove what a restore unpacked."""
    for place in (home.home() / INCOMING, home.keys() / INCOMING):
        if place.exists():
            shutil.rmtree(place)
