"""Four devices write into one session at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
import uuid_utils.compat
from django.db import connection

from mooring.clinic.accounts.models import User
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.sessions.models import TreatmentSession
from tests.clinic.sessions.steps import BASELINE, START, wrote

EACH = 12
WRITERS = 4

pytestmark = pytest.mark.django_db(transaction=True)


def test_four_writers_leave_no_gap_and_no_double(session: TreatmentSession, bob: User) -> None:
    def write(writer: int) -> None:
        try:
            for number in range(EACH):
                at = START + timedelta(seconds=10 * number + writer)
                wrote(bob, session, at, BASELINE)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as devices:
        list(devices.map(write, range(WRITERS)))
    taken = list(session.entries.values_list("sequence", flat=True))
    assert taken == list(range(1, EACH * WRITERS + 1))
    assert AuditRow.objects.filter(action="sessions.record").count() == EACH * WRITERS


def test_the_same_entry_from_four_devices_is_stored_once(
    session: TreatmentSession, bob: User
) -> None:
    entry_id = uuid_utils.compat.uuid7()

    def write(_: int) -> tuple[UUID, int]:
        try:
            row = wrote(bob, session, START, BASELINE, entry_id=entry_id)
            return row.pk, row.sequence
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as devices:
        answers = set(devices.map(write, range(WRITERS)))
    assert answers == {(entry_id, 1)}
    assert AuditRow.objects.filter(action="sessions.record").count() == 1
