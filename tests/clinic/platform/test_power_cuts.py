"""The power goes off in the middle of a session: every acknowledged reading is on the disk.

Hazard: a reading that the tablet shows as sent, and that a power cut takes back.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import sqlcipher3

from tests.support import power
from tests.support.bedside import RUNNING_SESSION, Bedside
from tests.support.command import clinic_with_nurse, python, running
from tests.support.long_runs import tell, times
from tests.support.postgres import start_postgres

CUTS = times(1, 100)
BEDSIDES = 2
pytestmark = [
    pytest.mark.skipif(
        not power.possible(), reason="needs root, loop devices and mkfs.btrfs (btrfs-progs)"
    ),
]
Read = Callable[[Path], set[str]]
"""Opens what a cut left, finds it sound, and gives the keys of the readings in it."""


def cut_often(disk: power.Disk, bedsides: list[Bedside], read: Read) -> tuple[int, int]:
    """How many acknowledged readings were looked for after cuts, and how many were lost."""
    looked_for, lost = 0, 0
    for _ in range(CUTS):
        time.sleep(random.uniform(0.3, 1.0))
        acknowledged = {key for bedside in bedsides for key in list(bedside.acknowledged)}
        with disk.after_a_cut() as left:
            found = read(left)
        looked_for += len(acknowledged)
        lost += len(acknowledged - found)
        assert all(bedside.refused == [] for bedside in bedsides)
    return looked_for, lost


def told(engine: str, looked_for: int, lost: int) -> None:
    tell(
        f"power cut during a session, {engine} on ext4",
        "100 cuts, none of the acknowledged readings lost, the database sound",
        f"{CUTS} cuts, {lost} of {looked_for:,} lost",
    )


def test_no_acknowledged_reading_is_lost_by_a_power_cut_on_sqlite():
    with power.disk() as disk:
        home = disk.folder / "home"
        cookie = clinic_with_nurse(home)
        session = python(home, RUNNING_SESSION).strip()
        with running(home) as (_, address):
            bedsides = [Bedside(address, cookie, session) for _ in range(BEDSIDES)]
            for bedside in bedsides:
                bedside.start()
            time.sleep(1)
            looked_for, lost = cut_often(disk, bedsides, in_sqlite)
        for bedside in bedsides:
            bedside.join(15)
    told("SQLite", looked_for, lost)
    assert looked_for > CUTS
    assert lost == 0


def in_sqlite(left: Path) -> set[str]:
    connection = sqlcipher3.connect(str(left / "home" / "mooring.sqlite3"))
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = connection.execute("SELECT id FROM treatment_sessionentry").fetchall()
    finally:
        connection.close()
    return {key.replace("-", "") for (key,) in rows}


@pytest.mark.postgres
def test_no_acknowledged_reading_is_lost_by_a_power_cut_on_postgresql(tmp_path):
    home = tmp_path / "home"
    with power.disk() as disk:
        server = start_postgres(disk.folder / "data")
        try:
            url = server.url()
            cookie = clinic_with_nurse(home, DATABASE_URL=url)
            session = python(home, RUNNING_SESSION, DATABASE_URL=url).strip()
            with running(home, DATABASE_URL=url) as (_, address):
                bedsides = [Bedside(address, cookie, session) for _ in range(BEDSIDES)]
                for bedside in bedsides:
                    bedside.start()
                time.sleep(1)
                looked_for, lost = cut_often(disk, bedsides, in_postgresql)
            for bedside in bedsides:
                bedside.join(15)
        finally:
            server.stop()
    told("PostgreSQL", looked_for, lost)
    assert looked_for > CUTS
    assert lost == 0


def in_postgresql(left: Path) -> set[str]:
    """A server starts on what the cut left, as after a real one, and recovers it."""
    for held in ("postmaster.pid", ".s.PGSQL.5432.lock"):
        (left / "data" / held).unlink(missing_ok=True)
    server = start_postgres(left / "data")
    try:
        with psycopg.connect(server.url()) as connection:
            rows = connection.execute("SELECT id FROM treatment_sessionentry").fetchall()
    finally:
        server.stop()
    return {key.hex for (key,) in rows}
