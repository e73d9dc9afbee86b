"""Setting the stage of a test behind the program's back, as only the database's owner can.

Signed and answered rows are append-only: a test that needs one to be otherwise lifts its guard.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from mooring.clinic.database.guards import GUARDS, lifted


@contextmanager
def unguarded(table: type[Model]) -> Iterator[None]:
    """The guard of one table is down within."""
    guards = [guard for guard in GUARDS if guard.table == table._meta.db_table]
    with lifted(*guards), transaction.atomic():
        yield


def update_behind(rows: QuerySet[Any], **columns: Any) -> int:
    """Set columns that nothing in the program changes."""
    with unguarded(rows.model):
        return rows.update(**columns)


def delete_behind(rows: QuerySet[Any]) -> None:
    """Delete rows that nothing in the program deletes."""
    with unguarded(rows.model):
        rows.delete()


def save_behind(row: Model) -> None:
    """Save a row with what was set in it, whatever its guard says."""
    with unguarded(type(row)):
        row.save()


def statement(sql: str, *parameters: object) -> int:
    """Run one statement; how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return int(cursor.rowcount)
