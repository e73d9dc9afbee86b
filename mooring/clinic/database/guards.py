"""Triggers that keep a table append-only: no UPDATE, no DELETE, no TRUNCATE, no replacing INSERT.

They hold off honest mistakes and ordinary attackers; who owns the database can drop them, and
then the hash chain tells (`mooring.clinic.audit.verdict`). Migrations install them. A migration
that alters a guarded table must install them anew: SQLite rebuilds the table without triggers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

REFUSAL = "is append-only: rows are never changed, replaced or deleted"


@dataclass(frozen=True)
class Guard:
    """One append-only table."""

    table: str
    taken: str
    """SQL that finds a row which a new row NEW would replace; `{table}` is the table."""
    chained: bool = False
    """True where `sequence` must count on from the last row without a gap."""

    def install(self, vendor: str) -> list[str]:
        """The statements that put the guard up."""
        return self._sqlite() if vendor == "sqlite" else self._postgresql()

    def remove(self, vendor: str) -> list[str]:
        """The statements that take the guard down."""
        on = f" ON {self.table}" if vendor == "postgresql" else ""
        return [f"DROP TRIGGER IF EXISTS {name}{on}" for name in self.names(vendor)]

    def names(self, vendor: str) -> list[str]:
        """The names of the guard's triggers."""
        last = ["no_truncate"] if vendor == "postgresql" else ["no_replace"]
        gap = ["no_gap"] if self.chained else []
        return [f"{self.table}_{what}" for what in ["no_update", "no_delete", *last, *gap]]

    def _sqlite(self) -> list[str]:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{self.table} {REFUSAL}')"
        start = f"CREATE TRIGGER {self.table}_"
        statements = [
            f"{start}no_update BEFORE UPDATE ON {self.table} {refuse}; END",
            f"{start}no_delete BEFORE DELETE ON {self.table} {refuse}; END",
            # INSERT OR REPLACE deletes without asking the delete trigger.
            f"{start}no_replace BEFORE INSERT ON {self.table} {refuse} "  # noqa: S608
            f"WHERE EXISTS (SELECT 1 FROM {self.table} WHERE {self.taken}); END",
        ]
        if self.chained:
            statements.append(
                f"{start}no_gap BEFORE INSERT ON {self.table} BEGIN "  # noqa: S608
                f"SELECT RAISE(ABORT, '{self.table} has no gaps') WHERE NEW.sequence <> "
                f"(SELECT COALESCE(MAX(sequence), 0) + 1 FROM {self.table}); END"
            )
        return statements

    def _postgresql(self) -> list[str]:
        each = f"ON {self.table} FOR EACH ROW EXECUTE FUNCTION"
        start = f"CREATE TRIGGER {self.table}_"
        statements = [
            REFUSE_FUNCTION,
            f"{start}no_update BEFORE UPDATE {each} mooring_refuse_change()",
            f"{start}no_delete BEFORE DELETE {each} mooring_refuse_change()",
            f"{start}no_truncate BEFORE TRUNCATE ON {self.table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION mooring_refuse_change()",
        ]
        if self.chained:
            statements += [GAP_FUNCTION, f"{start}no_gap BEFORE INSERT {each} mooring_refuse_gap()"]
        return statements


REFUSE_FUNCTION = f"""
CREATE OR REPLACE FUNCTION mooring_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% {REFUSAL}', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$"""

GAP_FUNCTION = """
CREATE OR REPLACE FUNCTION mooring_refuse_gap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE last bigint;
BEGIN
  EXECUTE format('SELECT COALESCE(MAX(sequence), 0) FROM %I', TG_TABLE_NAME) INTO last;
  IF NEW.sequence <> last + 1 THEN
    RAISE EXCEPTION '% has no gaps', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$"""

AUDIT = Guard("audit_auditrow", taken="sequence = NEW.sequence OR hash = NEW.hash", chained=True)
SESSION_LOG = Guard(
    "treatment_sessionentry",
    taken="id = NEW.id OR (session_id = NEW.session_id AND sequence = NEW.sequence)",
)
IDENTITY_CHANGES = Guard("people_identitychange", taken="id = NEW.id")
WRITTEN_ROWS = Guard("audit_writtenrow", taken="id = NEW.id")
HAND_OVERS = Guard("tasks_handover", taken="id = NEW.id")
WATCHED_ANSWERS = Guard("measures_watchedanswer", taken="id = NEW.id")
VIAL_CHECKS = Guard("vials_vialcheck", taken="id = NEW.id")
STEP_REVIEWS = Guard("ladders_stepreview", taken="id = NEW.id")
TAKE_HOME = Guard("prescriptions_takehomeswitch", taken="id = NEW.id")
PRESCRIPTIONS = Guard("prescriptions_signedprescription", taken="id = NEW.id")
VOIDINGS = Guard(
    "prescriptions_voiding", taken="id = NEW.id OR prescription_id = NEW.prescription_id"
)
TOUCH_CONSENT = Guard("consents_touchconsent", taken="id = NEW.id")
INTENTION = Guard("consents_intention", taken="id = NEW.id")
TIERS = Guard("suicidality_tierentry", taken="id = NEW.id")
SAFETY_PLANS = Guard("suicidality_safetyplan", taken="id = NEW.id")
TIER_OPENINGS = Guard("suicidality_tieropening", taken="id = NEW.id")
WATCH = Guard("exposure_watchentry", taken="id = NEW.id")
LIST_STATEMENTS = Guard("people_liststatement", taken="id = NEW.id")
SCREENING_PLANS = Guard("screening_screeningplan", taken="id = NEW.id")
SIDES_TAKEN = Guard("screening_sidetaken", taken="id = NEW.id")
SCREENING = (LIST_STATEMENTS, SCREENING_PLANS, SIDES_TAKEN)
GUARDS = (
    AUDIT,
    SESSION_LOG,
    VIAL_CHECKS,
    STEP_REVIEWS,
    TAKE_HOME,
    PRESCRIPTIONS,
    VOIDINGS,
    WATCH,
    TOUCH_CONSENT,
    INTENTION,
    WRITTEN_ROWS,
    IDENTITY_CHANGES,
    HAND_OVERS,
    WATCHED_ANSWERS,
    TIERS,
    SAFETY_PLANS,
    TIER_OPENINGS,
    *SCREENING,
)


def put_up(guard: Guard) -> Any:
    """A migration step that puts a guard up."""

    def step(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
        for statement in guard.install(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    return step


def take_down(guard: Guard) -> Any:
    """The way back of `put_up`."""

    def step(apps: Any, schema_editor: Any) -> None:  # noqa: ARG001
        for statement in guard.remove(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    return step


def missing() -> list[str]:
    """The triggers that should stand in this database and do not."""
    catalogue = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        standing = {name for (name,) in cursor.fetchall()}
    wanted = [name for guard in GUARDS for name in guard.names(connection.vendor)]
    return [name for name in wanted if name not in standing]


@contextmanager
def lifted(*guards: Guard) -> Iterator[None]:
    """Take guards down for the block, as only the owner of the database can."""
    _run(statement for guard in guards for statement in guard.remove(connection.vendor))
    try:
        yield
    finally:
        _run(statement for guard in guards for statement in guard.install(connection.vendor))


def _run(statements: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
