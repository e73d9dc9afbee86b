"""What `mooring doctor` looks at."""

from __future__ import annotations

import platform
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mooring.cli.ground import OLDEST_PYTHON
from mooring.clinic import home

LEAST_FREE = 2 * 1024**3
"""Bytes: room for a backup beside the database, and for the log of a long day."""
SLOWEST_COMMIT = 100.0
"""Milliseconds: above this a bedside page waits for its answer."""
COMMITS = 50


@dataclass(frozen=True)
class Finding:
    """One line: what was found, or what to do."""

    fine: bool
    words: str


def python() -> Iterator[Finding]:
    """Python is new enough."""
    fine = sys.version_info >= OLDEST_PYTHON
    yield Finding(fine, platform.python_version() + ("" if fine else ": install 3.11 or newer"))


def sqlite() -> Iterator[Finding]:
    """SQLite's write-ahead log is sound."""
    import sqlcipher3

    from mooring.clinic.database.sqlite import refuse_unsound

    refuse_unsound(sqlcipher3.sqlite_version)
    yield Finding(True, f"{sqlcipher3.sqlite_version}, its write-ahead log is sound")


def disk() -> Iterator[Finding]:
    """There is room."""
    free = shutil.disk_usage(home.home()).free
    words = f"{free / 1024**3:.1f} GB free at {home.home()}"
    yield Finding(free >= LEAST_FREE, words + ("" if free >= LEAST_FREE else ": free 2 GB"))


def folders() -> Iterator[Finding]:
    """Nobody else on this machine can read the chart or its keys."""
    keys = home.key_files().values()
    places = [home.home(), *sorted({path.parent for path in keys}), *keys]
    loose = [path for path in places if path.stat().st_mode & 0o077]
    for path in loose:
        right = "700" if path.is_dir() else "600"
        yield Finding(False, f"others may read {path}: chmod {right} {path}")
    if not loose:
        yield Finding(True, "the data folder and its keys are this user's only")


def keys() -> Iterator[Finding]:
    """The keys are no part of what they protect."""
    inside = home.keys().is_relative_to(home.home())
    if inside:
        yield Finding(False, f"{home.keys()} is inside the data folder: set MOORING_KEYS")
    elif any(path.parent != home.keys() for path in home.key_files().values()):
        yield Finding(
            False,
            f"they lie inside the data folder, in {home.keys_of_before()}: run "
            f"`mooring migrate`, which moves them to {home.keys()}",
        )
    elif home.keys().stat().st_dev == home.home().stat().st_dev:
        yield Finding(
            True,
            f"in {home.keys()}, outside the data folder, but on the same disk: whoever takes the "
            "disk has both. MOORING_KEYS can name a folder on another",
        )
    else:
        yield Finding(True, f"in {home.keys()}, on another disk than the data")


def checkpoint_place() -> Iterator[Finding]:
    """Who can change the database cannot change the checkpoints."""
    from mooring.clinic.audit.lines import path

    place = path().resolve()
    folder = place.parent
    if not folder.is_dir():
        yield Finding(False, f"{folder} is not there, and checkpoints are to be kept in it")
    elif place.is_relative_to(home.home()):
        words = f"{place} is inside the data folder: let MOORING_CHECKPOINTS name a file elsewhere"
        yield Finding(False, words)
    elif folder.stat().st_dev == home.home().stat().st_dev:
        words = f"in {place}, outside the data folder, but on the same disk as it"
        yield Finding(True, f"{words}. MOORING_CHECKPOINTS can name a file on another")
    else:
        yield Finding(True, f"in {place}, on another disk than the data")


def backups() -> Iterator[Finding]:
    """Copies are made, and were restored on trial."""
    from mooring.clinic.backups.standing import lines

    for line in lines(datetime.now(UTC)):
        yield Finding(line.fine, line.words)


def clock() -> Iterator[Finding]:
    """The clock runs evenly."""
    wall, steady = time.time(), time.monotonic()
    time.sleep(0.2)
    drift = (time.time() - wall) - (time.monotonic() - steady)
    if abs(drift) > 0.05:
        yield Finding(False, f"the clock moved by {drift:+.2f} s while looked at: use NTP")
        return
    yield Finding(True, f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC, and it runs evenly")


def database() -> Iterator[Finding]:
    """The database answers, its tables are of this version, its guards stand."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from mooring.clinic.database import guards

    connection.ensure_connection()
    yield Finding(True, f"{connection.vendor} answers")
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        yield Finding(False, f"{len(pending)} migrations wait: run `mooring migrate`")
        return
    yield Finding(True, "the tables are of this version")
    fallen = guards.missing()
    words = (
        f"these guards of append-only tables are gone or changed: {', '.join(fallen)}. "
        "Ask who did it; `mooring migrate` puts them up again"
    )
    yield Finding(not fallen, words if fallen else "append-only tables are guarded")
    yield from nothing_from_the_future()
    if connection.vendor == "postgresql":
        yield from serving_role()


def serving_role() -> Iterator[Finding]:
    """The role that serves can drop no guard and change no signed row."""
    from django.db import connection

    from mooring.clinic.database.roles import too_much

    found = too_much(connection)
    words = f"the role that serves {'; '.join(found)}. docs/postgresql.md makes one that does not"
    yield Finding(not found, words if found else "the role that serves can change no signed row")


def nothing_from_the_future() -> Iterator[Finding]:
    """The clock is not behind what was written already."""
    from mooring.clinic.audit.models import AuditRow

    last = AuditRow.objects.order_by("-sequence").values_list("at", flat=True).first()
    if last is not None and datetime.now(UTC) < last:
        yield Finding(False, f"the clock is behind the last audit row: {last:%Y-%m-%d %H:%M} UTC")


def front_end() -> Iterator[Finding]:
    """Styles and scripts were built."""
    from mooring.clinic import settings

    built = (Path(settings.HERE) / "static" / "built" / "mooring.css").exists()
    yield Finding(built, "built" if built else "not built: make run")


def commits() -> Iterator[Finding]:
    """A commit reaches the disk, and soon enough."""
    from django.db import connection

    if connection.vendor == "postgresql":
        yield from postgresql_is_durable()
    milliseconds = durable_commit()
    words = f"{milliseconds:.2f} ms, the median of {COMMITS} at {home.home()}"
    fine = milliseconds <= SLOWEST_COMMIT
    yield Finding(fine, words if fine else f"{words}: move the data folder to a faster disk")


def postgresql_is_durable() -> Iterator[Finding]:
    """PostgreSQL waits for its disk."""
    from django.db import connection

    for setting in ("fsync", "synchronous_commit"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting(%s)", [setting])
            value = cursor.fetchone()[0]
        words = f"{setting} is {value}"
        yield Finding(value != "off", words if value != "off" else f"{words}: set it to on")


def durable_commit() -> float:
    """The median time of a small commit that is on the disk, in milliseconds."""
    from sqlcipher3 import dbapi2

    from mooring.clinic.database.sqlite import PRAGMAS

    with tempfile.TemporaryDirectory(dir=home.home(), prefix="doctor-") as folder:
        scratch = dbapi2.connect(str(Path(folder) / "scratch"), isolation_level=None)
        scratch.executescript(f"{PRAGMAS} CREATE TABLE reading (value)")
        times = []
        for number in range(COMMITS):
            start = time.perf_counter()
            scratch.execute("INSERT INTO reading VALUES (?)", (number,))
            times.append((time.perf_counter() - start) * 1000)
        scratch.close()
    return statistics.median(times)


def encryption_on_the_way() -> Iterator[Finding]:
    """Nobody on the network reads along."""
    from django.conf import settings

    from mooring.clinic.accounts.plain_http import is_loopback

    far = [name for name in settings.ALLOWED_HOSTS if not is_loopback(name)]
    if settings.BEHIND_TLS:
        yield Finding(True, "browsers are told to insist on TLS")
    elif far:
        words = f"{', '.join(far)} is reached over plain HTTP: use a proxy with TLS, MOORING_TLS=1"
        yield Finding(False, words)
    else:
        yield Finding(True, "this machine only; others need a proxy with TLS")


ALL: dict[str, Callable[[], Iterator[Finding]]] = {
    "Python": python,
    "SQLite": sqlite,
    "Disk": disk,
    "Rights": folders,
    "Keys": keys,
    "On the way": encryption_on_the_way,
    "Checkpoints": checkpoint_place,
    "Clock": clock,
    "Backups": backups,
    "Database": database,
    "Front end": front_end,
    "Durable commit": commits,
}
