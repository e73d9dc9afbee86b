"""Opens an unpacked backup as the clinic it is, in a process of its own, and says how it is found.

    python -m mooring.cli.examining [--restored-from FILE] [--seen N]

MOORING_HOME and MOORING_KEYS name where it was laid out. The last line it prints is JSON. Nothing
but that copy is read or written, so that a backup is judged before the clinic is touched.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from mooring.cli.backup import require_sound
from mooring.cli.copying import counted, head
from mooring.cli.ground import ready
from mooring.cli.owner import grant_role
from mooring.cli.plain import Halt, plain_failures
from mooring.cli.upgrade import Tables, bring_up_to_date, tables

NO_CLINIC = "The database in it is no clinic of Mooring."


@click.command()
@click.option("--restored-from", default="")
@click.option("--seen", default=0)
@click.option("--grant-to", default="")
def command(restored_from: str, seen: int, grant_to: str) -> None:
    """Examine the copy; with --restored-from also write into its audit where it came from."""
    with plain_failures():
        try:
            found = examined(restored_from, seen)
            if grant_to:
                grant_role(grant_to)
            print(json.dumps(found))
        except Halt as halt:
            print(json.dumps({"fault": halt.message}))


def examined(restored_from: str, seen: int) -> dict[str, Any]:
    """What was found: `fault`, or `verdict`, the head of the audit and the rows of each table."""
    ready()
    from django.db import connection

    if connection.vendor == "sqlite":
        require_sound("default")
    if tables() is Tables.NONE:
        raise Halt(NO_CLINIC)
    last, rows = as_written()
    bring_up_to_date()
    from mooring.clinic.audit.verdict import examine

    verdict = examine(copied=True)
    lost = f" Rows {verdict.rows + 1} to {seen} are not in it." if seen > verdict.rows else ""
    found = {"whole": verdict.whole, "verdict": f"{verdict}{lost}", "head": last, "rows": rows}
    if restored_from and verdict.whole:
        note_restore(f"restored from {restored_from}: {verdict}{lost}")
    connection.close()
    return found


def as_written() -> tuple[tuple[int, str], dict[str, int]]:
    """The audit's head, and on SQLite the rows of each table, as they were written."""
    from django.db import connection

    with connection.cursor() as cursor:
        rows = counted(cursor.execute) if connection.vendor == "sqlite" else {}
        return head(cursor.execute), rows


def note_restore(detail: str) -> None:
    """Write into the audit that this clinic was restored."""
    from django.utils import timezone

    from mooring.clinic.actions import command as actor
    from mooring.clinic.actions import writing
    from mooring.clinic.audit import chain

    with writing():
        chain.tell(
            actor("restore"),
            "audit.restored",
            timezone.now(),
            subject="audit.AuditRow",
            subject_id=str(chain.head()[0]),
            detail=detail,
        )


if __name__ == "__main__":
    sys.exit(command())
