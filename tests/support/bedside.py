"""A tablet at a running session, as a program: it keeps which readings were acknowledged."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from datetime import UTC, datetime

import uuid_utils.compat

A_SECOND = 5
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
"""Starts a session on a clinic of `clinic_with_nurse` and prints its key."""


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
