"""The database itself refuses to change what was written once."""

from __future__ import annotations

import os

import pytest
from django.db import DatabaseError, connection, transaction

from mooring.clinic.audit.models import AuditRow
from mooring.clinic.database import guards
from mooring.clinic.sessions.models import SessionEntry
from tests.clinic.audit.conftest import NOON
from tests.support.clinical import session_for

pytestmark = pytest.mark.django_db

COPY = "INSERT {how} INTO audit_auditrow SELECT {columns} FROM audit_auditrow WHERE sequence = 3"
COLUMNS = "sequence, body, hash, at, 'somebody else', action, patient"

REFUSED = {
    "update": "UPDATE audit_auditrow SET actor_name = 'somebody else' WHERE sequence = 3",
    "delete": "DELETE FROM audit_auditrow WHERE sequence = 3",
    "delete of the last row": "DELETE FROM audit_auditrow WHERE sequence = 10",
    "delete of all": "DELETE FROM audit_auditrow",
    "insert behind a gap": COPY.format(
        how="", columns="12, body, 'h', at, actor_name, action, patient"
    ),
    "insert before the start": COPY.format(
        how="", columns="0, body, 'h', at, actor_name, action, patient"
    ),
    "insert of a copy": COPY.format(how="", columns=COLUMNS),
}
ON_SQLITE = {
    "insert or replace": COPY.format(how="OR REPLACE", columns=COLUMNS),
    "insert or replace by its hash": COPY.format(
        how="OR REPLACE", columns="11, body, hash, at, 'somebody else', action, patient"
    ),
    "replace": COPY.format(how="OR REPLACE", columns=COLUMNS).replace("INSERT OR ", ""),
    "update or replace": "UPDATE OR REPLACE audit_auditrow SET sequence = 3 WHERE sequence = 4",
}
ON_POSTGRESQL = {
    "truncate": "TRUNCATE audit_auditrow",
    "truncate with all that hangs on it": "TRUNCATE audit_auditrow CASCADE",
    "upsert": COPY.format(how="", columns=COLUMNS)
    + " ON CONFLICT (sequence) DO UPDATE SET actor_name = 'somebody else'",
}
REFUSED |= ON_POSTGRESQL if os.environ.get("DATABASE_URL") else ON_SQLITE
SESSION_LOG_REFUSED = {
    "update": "UPDATE treatment_sessionentry SET systolic = 160",
    "delete": "DELETE FROM treatment_sessionentry",
}
if os.environ.get("DATABASE_URL"):
    SESSION_LOG_REFUSED["truncate"] = "TRUNCATE treatment_sessionentry"


def refused(sql: str) -> bool:
    """True when the database refuses the statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return True
    return False


def rows() -> list[tuple[object, ...]]:
    return list(AuditRow.objects.order_by("sequence").values_list())


@pytest.mark.parametrize("sql", REFUSED.values(), ids=REFUSED)
def test_the_audit_refuses(ten_rows, sql):
    before = rows()
    assert refused(sql)
    assert rows() == before


def test_the_next_row_in_order_is_taken(ten_rows):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            COPY.format(how="", columns="11, body, 'h', at, actor_name, action, patient")
        )
    assert AuditRow.objects.count() == 11


@pytest.fixture
def entry(alice, patient):
    """One reading in a session's log."""
    session = session_for(patient, alice)
    return SessionEntry.objects.create(
        session=session,
        sequence=1,
        kind="reading",
        effective_at=NOON,
        recorded_at=NOON,
        author=alice,
        systolic=120,
        diastolic=78,
        detail={},
    )


@pytest.mark.parametrize("sql", SESSION_LOG_REFUSED.values(), ids=SESSION_LOG_REFUSED)
def test_a_session_log_refuses(entry, sql):
    assert refused(sql)
    entry.refresh_from_db()
    assert entry.systolic == 120


def test_a_session_log_refuses_the_orm_s_own_save_and_delete(entry):
    entry.systolic = 160
    for change in (entry.save, entry.delete, SessionEntry.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert SessionEntry.objects.get().systolic == 120


@pytest.mark.parametrize("column", ["id", "sequence"])
def test_a_session_log_refuses_a_row_in_the_place_of_another(entry, column):
    columns = {field.column: field.column for field in SessionEntry._meta.concrete_fields}
    columns["systolic"] = "160"
    if column == "sequence":
        columns["id"] = "'0190a000000070008000000000000001'"
    names, values = ", ".join(columns), ", ".join(columns.values())
    how = "INSERT OR REPLACE" if connection.vendor == "sqlite" else "INSERT"
    table = "treatment_sessionentry"
    assert refused(f"{how} INTO {table} ({names}) SELECT {values} FROM {table}")
    assert SessionEntry.objects.get().systolic == 120


def test_migrations_leave_every_guard_standing(db):
    assert guards.missing() == []


def test_a_dropped_guard_is_noticed(db):
    first = guards.AUDIT.remove(connection.vendor)[0]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(first)
        assert guards.missing() == ["audit_auditrow_no_update"]
        transaction.set_rollback(True)
