"""Copies that nobody has to think of: when one is due, which are kept, what the owner is told."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mooring.clinic.backups.manifest import SQLITE

EVERY = timedelta(minutes=5)
EVERY_WHEN_LARGE = timedelta(hours=1)
LARGE = 200_000_000
"""Bytes of the database above which a copy every five minutes would keep the disk busy."""
NAME = re.compile(r"mooring-(\d{8}T\d{6}Z)-row(\d+)\.tar(\.age)?")
KEPT = "recent=2 hours=48 days=30 weeks=13 months=84"
"""What is kept without a setting: 84 months, because records of a practice's documentation are to
be kept for six years (45 CFR 164.316(b)(2)(i)) and one more for the current year. The other figures
are the clinic's choice."""


@dataclass(frozen=True)
class Copy:
    """A backup in the folder of backups, as its name tells of it."""

    file: Path
    at: datetime
    row: int
    """The last row of the audit that it holds."""


def place() -> Path | None:
    """The folder for backups that MOORING_BACKUPS names; None when none is named."""
    named = os.environ.get("MOORING_BACKUPS")
    return Path(named).absolute() if named else None


def name_for(now: datetime, row: int) -> str:
    """What a scheduled copy is called."""
    return f"mooring-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-row{row}.tar"


def copies(folder: Path) -> list[Copy]:
    """Every scheduled copy in a folder, oldest first."""
    found = [(path, NAME.fullmatch(path.name)) for path in folder.iterdir()]
    return sorted(
        (
            Copy(path, datetime.strptime(f"{m[1]}+0000", "%Y%m%dT%H%M%SZ%z"), int(m[2]))
            for path, m in found
            if m
        ),
        key=lambda copy: copy.at,
    )


def is_due(
    last: Copy | None, *, row: int, size: int | None, signed_off: bool, now: datetime
) -> bool:
    """Whether a copy is to be made now.

    None when nothing was written since the last one. A large database, and PostgreSQL (`size` is
    None: WAL archiving is what makes its recovery point short), every hour and after each session
    that was signed; every other at each look.
    """
    if last is None:
        return True
    if last.row == row:
        return False
    often = size is not None and size <= LARGE
    return often or signed_off or now - last.at >= EVERY_WHEN_LARGE


@dataclass(frozen=True)
class Retention:
    """Grandfather, father, son: the newest of each hour, day, week and month, for so many."""

    recent: timedelta
    """Younger ones are all kept."""
    hours: int
    days: int
    weeks: int
    months: int


def retention() -> Retention:
    """What MOORING_BACKUPS_KEEP says, for example "days=60 months=120"; the rest as shipped."""
    given = dict(re.findall(r"(\w+)=(\d+)", f"{KEPT} {os.environ.get('MOORING_BACKUPS_KEEP', '')}"))
    recent = timedelta(hours=int(given["recent"]))
    counts = {name: int(given[name]) for name in ("hours", "days", "weeks", "months")}
    return Retention(recent, **counts)


SPANS: dict[str, Callable[[datetime], tuple[int, ...]]] = {
    "hours": lambda at: (at.year, at.month, at.day, at.hour),
    "days": lambda at: (at.year, at.month, at.day),
    "weeks": lambda at: at.isocalendar()[:2],
    "months": lambda at: (at.year, at.month),
}


def superfluous(found: Iterable[Copy], keep: Retention, now: datetime) -> list[Copy]:
    """The copies that no rule keeps. The newest one is always kept."""
    newest_first = sorted(found, key=lambda copy: copy.at, reverse=True)
    kept = {copy.file for copy in newest_first[:1]}
    kept |= {copy.file for copy in newest_first if now - copy.at <= keep.recent}
    for name, span in SPANS.items():
        newest_of: dict[tuple[int, ...], Copy] = {}
        for copy in newest_first:
            newest_of.setdefault(span(copy.at), copy)
        kept |= {copy.file for copy in list(newest_of.values())[: getattr(keep, name)]}
    return [copy for copy in newest_first if copy.file not in kept]


def size_of_database(data: Path) -> int | None:
    """Bytes of the SQLite file; None on PostgreSQL."""
    file = data / SQLITE
    return file.stat().st_size if file.exists() else None
