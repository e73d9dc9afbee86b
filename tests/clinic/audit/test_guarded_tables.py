"""What is signed or answered stays so: every table refuses, but for the few columns that end a row.

The statements are those that went through on an earlier build: all orders' totals, all responses'
totals, all decisions deleted; and each guarded table is met with the same.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import UniqueConstraint
from django.utils import timezone

from mooring.clinic.audit.models import AuditRow
from mooring.clinic.courses.models import Order
from mooring.clinic.database import guards
from mooring.clinic.database.guards import CHANGED_IN_PART, GUARDS, NOT_GUARDED
from mooring.clinic.measures.models import Assignment, Response
from mooring.clinic.people.models import Measurement
from mooring.clinic.rows import Row
from mooring.clinic.screening.models import ScreeningDecision
from tests.clinic.audit.conftest import NOON
from tests.support.behind import statement
from tests.support.clinical import session_for

pytestmark = pytest.mark.django_db
SQLITE = connection.vendor == "sqlite"
TABLES = {guard.table: guard for guard in GUARDS}
ROWS = [model for model in apps.get_models() if issubclass(model, Row)]


def refused(sql: str, *parameters: object) -> bool:
    """True when the database refuses the statement."""
    try:
        with transaction.atomic():
            statement(sql, *parameters)
    except DatabaseError as problem:
        assert "append-only" in str(problem)
        return True
    return False


@pytest.fixture
def signed(patient: Any, alice: Any) -> Order:
    """An order with a session and a decision, an answered scale and one that waits."""
    order = session_for(patient, alice).order
    for name in ("answered", "waiting"):
        asked = Assignment.objects.create(
            patient=patient, course=order.course, measure="phq9", occasion="baseline",
            due_at=NOON, expires_at=NOON + timedelta(days=1), token_hash=name,
        )  # fmt: skip
        if name == "answered":
            Response.objects.create(
                assignment=asked, answers=[3] * 9, total=27, band="severe",
                started_at=NOON, completed_at=NOON,
            )  # fmt: skip
    Measurement.objects.create(
        patient=patient, code="29463-7", value=70, unit="kg", method="weighed",
        origin="chart", recorded_at=NOON, taken_at=NOON,
    )  # fmt: skip
    return order


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.label)
def test_every_table_of_rows_is_guarded_or_says_why_not(model: type[Row]) -> None:
    """A new table: put a Guard into database/guards.py, or the reason into NOT_GUARDED."""
    table = model._meta.db_table
    assert (table in TABLES) != (table in NOT_GUARDED)


def test_the_audit_s_own_tables_are_guarded() -> None:
    assert {"audit_auditrow", "audit_writtenrow"} <= set(TABLES)


@pytest.mark.parametrize("model", ROWS, ids=lambda model: model._meta.label)
def test_what_is_unique_together_is_never_taken_by_another_row(model: type[Row]) -> None:
    """SQLite's REPLACE deletes whatever has the same unique columns, and asks no trigger."""
    guard = TABLES.get(model._meta.db_table)
    if guard is None:
        return
    fields = {field.name: field.column for field in model._meta.concrete_fields}
    together = [(field.name,) for field in model._meta.concrete_fields if field.unique]
    for rule in model._meta.constraints:
        together += [rule.fields] if isinstance(rule, UniqueConstraint) else []
    for names in together:
        for name in names:
            assert f"{fields[name]} = NEW.{fields[name]}" in guard.taken


@pytest.mark.parametrize("guard", CHANGED_IN_PART, ids=lambda guard: guard.table)
def test_what_may_change_is_a_column_and_never_who_signed_or_when(guard: guards.Guard) -> None:
    model = next(model for model in ROWS if model._meta.db_table == guard.table)
    names = {field.column for field in model._meta.concrete_fields}
    assert set(guard.may_change) <= names
    assert not guard.sealed_by or guard.sealed_by in guard.may_change
    assert not {"id", "signed_by_id", "total_mg", "patient_id"} & set(guard.may_change)


ATTACKS = {
    "all orders' totals": "UPDATE courses_order SET total_mg = 500",
    "an order's signer": "UPDATE courses_order SET signed_by_id = second_person_id",
    "an order that gets a reason": "UPDATE courses_order SET reason = 'Other'",
    "all orders deleted": "DELETE FROM courses_order",
    "all responses' totals": "UPDATE measures_response SET total = 0",
    "all responses deleted": "DELETE FROM measures_response",
    "all decisions deleted": "DELETE FROM screening_screeningdecision",
    "all decisions turned": "UPDATE screening_screeningdecision SET decision = 'no'",
    "a weight in the chart": "UPDATE people_measurement SET value = 140",
    "an assignment moved": "UPDATE measures_assignment SET due_at = expires_at",
    "a patient deleted": "DELETE FROM people_patient",
    "a session under another order": "UPDATE treatment_treatmentsession SET number = 9",
}


@pytest.mark.parametrize("sql", ATTACKS.values(), ids=ATTACKS)
def test_direct_statements_are_refused(signed: Order, sql: str) -> None:
    assert refused(sql)
    signed.refresh_from_db()
    assert signed.signed_by_id is not None
    assert Response.objects.get().total == 27
    assert ScreeningDecision.objects.get().decided_by_id is not None


@pytest.mark.skipif(SQLITE, reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.table)
def test_no_guarded_table_is_emptied(guard: guards.Guard) -> None:
    assert refused(f"TRUNCATE {guard.table} CASCADE")


@pytest.mark.skipif(not SQLITE, reason="PostgreSQL replaces nothing")
def test_no_row_takes_the_place_of_another(signed: Order) -> None:
    columns = [field.column for field in Order._meta.concrete_fields]
    anew = ", ".join(f'"{name}"' for name in columns)
    other = anew.replace('"total_mg"', "500")
    assert refused(
        f"INSERT OR REPLACE INTO courses_order ({anew}) SELECT {other} FROM courses_order"
    )
    assert refused(
        "UPDATE OR REPLACE measures_assignment SET token_hash = 'answered'"
        " WHERE token_hash = 'waiting'"
    )
    assert Assignment.objects.count() == 2


def test_an_order_is_withdrawn_once_and_never_unsaid(signed: Order) -> None:
    signed.withdrawn_at, signed.withdrawn_reason = NOON, "Another plan"
    signed.save()
    assert refused("UPDATE courses_order SET withdrawn_at = NULL, withdrawn_reason = ''")
    assert refused("UPDATE courses_order SET withdrawn_reason = 'Never was'")


def test_a_withdrawal_carries_no_other_change(signed: Order) -> None:
    sql = "UPDATE courses_order SET withdrawn_at = signed_at, total_mg = 500"
    assert refused(sql)


def test_saving_what_stands_changes_nothing_and_is_let_through(signed: Order) -> None:
    signed.save()


def test_a_link_is_given_anew_until_the_scale_is_cancelled(signed: Order) -> None:
    waiting = Assignment.objects.get(token_hash="waiting")
    Assignment.objects.filter(pk=waiting.pk).update(token_hash="anew")
    Assignment.objects.filter(pk=waiting.pk).update(cancelled_at=timezone.now())
    assert refused("UPDATE measures_assignment SET cancelled_at = NULL WHERE token_hash = 'anew'")


def weakened() -> dict[str, tuple[str, ...]]:
    """Ways to make a guard of orders harmless, each with its name kept."""
    if SQLITE:
        drop = "DROP TRIGGER courses_order_no_update"
        anew = "CREATE TRIGGER courses_order_no_update BEFORE UPDATE ON courses_order"
        return {
            "dropped": (drop,),
            "emptied": (drop, f"{anew} BEGIN SELECT 1; END"),
            "asleep": (
                drop,
                f"{anew} WHEN 1 = 0 BEGIN SELECT RAISE(ABORT, 'append-only'); END",
            ),
        }
    table = "ALTER TABLE courses_order"
    drop = "DROP TRIGGER courses_order_no_update ON courses_order"
    anew = "CREATE TRIGGER courses_order_no_update BEFORE UPDATE ON courses_order FOR EACH ROW"
    call = "EXECUTE FUNCTION mooring_refuse_change('', 'withdrawn_at', 'withdrawn_reason'"
    always = f"{table} ENABLE ALWAYS TRIGGER courses_order_no_update"
    return {
        "dropped": (drop,),
        "disabled": (f"{table} DISABLE TRIGGER courses_order_no_update",),
        "for replicas only": (f"{table} ENABLE REPLICA TRIGGER courses_order_no_update",),
        "asleep": (drop, f"{anew} WHEN (false) {call})", always),
        "another column let through": (drop, f"{anew} {call}, 'total_mg')", always),
        "its function emptied": (
            "CREATE OR REPLACE FUNCTION mooring_refuse_change() RETURNS trigger"
            " LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
        ),
    }


@pytest.mark.parametrize("how", weakened())
def test_a_guard_that_was_made_harmless_is_told_by_its_name(db: None, how: str) -> None:
    for sql in weakened()[how]:
        statement(sql)
    assert "courses_order_no_update" in guards.missing()


def test_a_column_that_came_later_is_told_until_the_guard_knows_it(db: None) -> None:
    statement("ALTER TABLE courses_order ADD COLUMN extra integer NULL")
    told = guards.missing()
    assert told == (["courses_order_no_update"] if SQLITE else [])
    guards.put_up_all()
    assert guards.missing() == []


def test_fallen_guards_are_put_up_again_and_the_audit_keeps_it(clinic_row: Any) -> None:
    from mooring.clinic.actions import command
    from mooring.clinic.audit.fallen import put_up_and_record

    assert put_up_and_record(command("migrate"), NOON) == []
    for sql in guards.ORDERS.remove(connection.vendor):
        statement(sql)
    assert len(put_up_and_record(command("migrate"), NOON)) == 3
    assert guards.missing() == []
    last = AuditRow.objects.last()
    assert last is not None
    assert last.action == "audit.guards_put_up"
    assert "courses_order_no_delete" in last.body
