"""The server is killed in the middle of a session: every acknowledged reading is there.

Hazard: a reading that the tablet shows as sent, and that nobody will ever see again.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
import sqlcipher3

from tests.support.bedside import RUNNING_SESSION, Bedside
from tests.support.command import clinic_with_nurse, kill, python, running
from tests.support.long_runs import tell, times

KILLS = times(10, 100)
BEDSIDES = 2

AFTERWARDS = """
from mooring.clinic.audit.tables import differences
from mooring.clinic.audit.verdict import verify
entries = [each for each in differences("default") if each.table == "treatment.SessionEntry"]
print(verify().whole, entries)
"""
"""Whether the audit is whole, and the entries of the log that are not as it says."""


@pytest.fixture
def clinic(tmp_path: Path) -> tuple[Path, str, str]:
    """A data folder with a running session, the nurse's cookie, and the session's key."""
    home = tmp_path / "home"
    cookie = clinic_with_nurse(home)
    return home, cookie, python(home, RUNNING_SESSION).strip()


def test_no_acknowledged_reading_is_lost_when_the_server_is_killed(clinic):
    home, cookie, session = clinic
    acknowledged: list[str] = []
    back: list[float] = []
    for _ in range(KILLS):
        started = time.monotonic()
        with running(home) as (process, address):
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
    assert len(acknowledged) >= KILLS * BEDSIDES, "too few were sent to tell anything"
    lost = set(acknowledged) - stored(home)
    tell(
        "the server killed (kill -9) during a session, SQLite",
        "100 kills, none of the acknowledged readings lost, back in 5 s",
        f"{KILLS} kills, {len(lost)} of {len(acknowledged):,} lost, back in {max(back):.1f} s"
        " at most",
    )
    assert sorted(lost) == []
    assert python(home, AFTERWARDS).strip() == "True []"


def stored(home: Path) -> set[str]:
    """The keys of the readings in the file, which is found sound, with no number left out."""
    connection = sqlcipher3.connect(str(home / "mooring.sqlite3"))
    try:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        rows = connection.execute(
            "SELECT id, sequence FROM treatment_sessionentry ORDER BY sequence"
        ).fetchall()
    finally:
        connection.close()
    assert [sequence for _, sequence in rows] == list(range(1, len(rows) + 1))
    return {key.replace("-", "") for key, _ in rows}
