"""The server is killed ten times in the middle of a session: every acknowledged reading is there.

Hazard: a reading that the tablet shows as sent, and that nobody will ever see again.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlcipher3
import uuid_utils.compat

from tests.support.command import clinic_with_nurse, kill, python, running

KILLS = 10
A_SECOND = 5
BEDSIDES = 2
RUNNING_SESSION = """
from datetime import timedelta
from django.utils import timezone
from mooring.clinic.accounts.models import User
from tests.clinic.sessions.steps import planned, running, signed_order
from tests.support.cast import patient_record, person
nurse, prescriber = User.objects.get(username="bob"), person("alice", "A. Lindqvist", "prescriber")
start = timezone.now() - timedelta(minutes=1)
order = signed_order(patient_record("Marsh", "Pat"), prescriber, start)
session = planned(order, nurse, start - timedelta(hours=1))
running(nurse, session, start)
print(session.pk)
"""


AFTERWARDS = """
from mooring.clinic.audit.tables import differences
from mooring.clinic.audit.verdict import verify
entries = [each for each in differences("default") if each.table == "treatment.SessionEntry"]
print(verify().whole, entries)
"""
"""Whether the audit is whole, and the entries of the log that are not as it says."""


class Bedside(threading.Thread):
    """A tablet that sends readings at a steady pace and keeps what was acknowledged."""

    def __init__(self, address: str, cookie: str, session: str) -> None:
        super().__init__(daemon=True)
        self.host = address.removeprefix("http://")
        self.path = f"/sessions/{session}/entries/"
        self.headers = {
            "Cookie": f"sessionid={cookie}; csrftoken={'t' * 32}",
            "X-CSRFToken": "t" * 32,
            "Content-Type": "application/json",
        }
        self.acknowledged: list[str] = []
        self.refused: list[tuple[int, bytes]] = []

    def run(self) -> None:
        """Send until the server is gone."""
        while True:
            started = time.monotonic()
            try:
                self.send()
            except (OSError, http.client.HTTPException):
                return
            time.sleep(max(0, 1 / A_SECOND - (time.monotonic() - started)))

    def send(self) -> None:
        """One reading; kept only once the server said that it is stored."""
        key = str(uuid_utils.compat.uuid7())
        entry = {
            "id": key,
            "effective_at": datetime.now(UTC).isoformat(),
            "content": {"kind": "reading", "heart_rate": random.randint(60, 100), "spo2": 97},
        }
        line = http.client.HTTPConnection(self.host, timeout=10)
        line.request("POST", self.path, json.dumps(entry), self.headers)
        answer = line.getresponse()
        said = answer.read()
        if answer.status == 201:
            self.acknowledged.append(key.replace("-", ""))
        else:
            self.refused.append((answer.status, said))


@pytest.fixture
def clinic(tmp_path: Path) -> tuple[Path, str, str]:
    """A data folder with a running session, the nurse's cookie, and the session's key."""
    home = tmp_path / "home"
    cookie = clinic_with_nurse(home)
    return home, cookie, python(home, RUNNING_SESSION).strip()


def test_no_acknowledged_reading_is_lost_in_ten_kills(clinic):
    home, cookie, session = clinic
    acknowledged: list[str] = []
    for _ in range(KILLS):
        with running(home) as (process, address):
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
    assert sorted(set(acknowledged) - stored(home)) == []
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
