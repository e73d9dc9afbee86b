"""The server is killed in the middle of a session: every acknowledged reading is there.

Hazard: a reading that the tablet shows as sent, and that nobody will ever see again.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
import sqlcipher3

from tests.support.bedside import RUNNING_SESSION, Bedside
from tests.support.command import clinic_with_nurse, kill, python, running
from tests.support.long_runs import tell, times

BEDSIDES = 2

AFTERWARDS = """
from mooring.clinic.audit.tables import differences
from mooring.clinic.audit.verdict import verify
entries = [each for each in differences("default") if each.table == "treatment.SessionEntry"]
print(verify().whole, entries)
"""
"""Whether the audit is whole, and the entries of the log that are not as it says."""


@dataclass(frozen=True)
class Running:
    """A clinic with a session that runs, and how to look into its database."""

    home: Path
    engine: str
    settings: dict[str, str]
    stored: Callable[[], list[tuple[str, int]]]
    """Key and number of each entry, in the order of the numbers; the database is found sound."""


@pytest.fixture
def on_sqlite(tmp_path: Path) -> Running:
    home = tmp_path / "home"
    return Running(home, "SQLite", {}, lambda: in_sqlite(home))


@pytest.fixture
def on_postgresql(tmp_path: Path, postgres) -> Running:
    url = postgres.url("killed")
    settings = {"DATABASE_URL": url}
    return Running(tmp_path / "home", "PostgreSQL", settings, lambda: in_postgresql(url))


def test_no_acknowledged_reading_is_lost_when_the_server_is_killed(on_sqlite):
    killed_often(on_sqlite, times(8, 100))


@pytest.mark.postgres
def test_nor_with_postgresql(on_postgresql):
    killed_often(on_postgresql, times(2, 100))


def killed_often(clinic: Running, kills: int) -> None:
    """Kill the server so often while tablets send, and look for what they were told is stored."""
    cookie = clinic_with_nurse(clinic.home, **clinic.settings)
    session = python(clinic.home, RUNNING_SESSION, **clinic.settings).strip()
    acknowledged: list[str] = []
    back: list[float] = []
    for _ in range(kills):
        started = time.monotonic()
        with running(clinic.home, **clinic.settings) as (process, address):
            back.append(time.monotonic() - started)
            bedsides = [Bedside(address, cookie, session) for _ in range(BEDSIDES)]
            for bedside in bedsides:
                bedside.start()
            time.sleep(random.uniform(0.5, 1.5))
            kill(process)
            for bedside in bedsides:
                bedside.join(15)
                assert bedside.refused == []
                acknowledged += bedside.acknowledged
    assert len(acknowledged) >= kills * BEDSIDES, "too few were sent to tell anything"
    entries = clinic.stored()
    lost = set(acknowledged) - {key for key, _ in entries}
    tell(
        f"the server killed (kill -9) during a session, {clinic.engine}",
        "100 kills, none of the acknowledged readings lost, back in 5 s",
        f"{kills} kills, {len(lost)} of {len(acknowledged):,} lost, back in {max(back):.1f} s"
        " at most",
    )
    assert sorted(lost) == []
    assert [number for _, number in entries] == list(range(1, len(entries) + 1))
    assert python(clinic.home, AFTERWARDS, **clinic.settings).strip() == "True []"


ENTRIES = "SELECT id, sequence FROM treatment_sessionentry ORDER BY sequence"


def in_sqlite(home: Path) -> list[tuple[str, int]]:
    connection = sqlcipher3.connect(str(home / "mooring.sqlite3"))
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = connection.execute(ENTRIES).fetchall()
    finally:
        connection.close()
    return [(key.replace("-", ""), number) for key, number in rows]


def in_postgresql(url: str) -> list[tuple[str, int]]:
    with psycopg.connect(url) as connection:
        return [(key.hex, number) for key, number in connection.execute(ENTRIES)]
