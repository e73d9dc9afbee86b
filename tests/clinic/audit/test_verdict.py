"""Whatever is done to the audit behind its back, `verify` names the first row and what was done."""

from __future__ import annotations

import json
import tracemalloc
from datetime import timedelta

import pytest
from django.db import connection

from mooring.clinic import home
from mooring.clinic.accounts.clinic import forget
from mooring.clinic.actions import command
from mooring.clinic.audit import chain, newest
from mooring.clinic.audit.checkpoints import checkpoint
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.audit.verdict import AT_ONCE, verify, verify_and_record
from mooring.clinic.database.guards import AUDIT, lifted
from tests.clinic.audit.conftest import NOON, write_rows

pytestmark = pytest.mark.django_db
UNSIGNED = "Line 1 of checkpoints.jsonl was not signed by this clinic's key."


def rewritten(key: bytes, change: str = "somebody else") -> None:
    """All ten rows written anew with a key, row 4 with another name in it."""
    previous = chain.GENESIS
    with connection.cursor() as cursor:
        for row in AuditRow.objects.order_by("sequence"):
            body = row.body
            if row.sequence == 4:
                body = body.replace("B. Okafor", change)
                cursor.execute(
                    "UPDATE audit_auditrow SET actor_name = %s WHERE sequence = 4", [change]
                )
            previous = chain.link(key, previous, row.sequence, body)
            cursor.execute(
                "UPDATE audit_auditrow SET body = %s, hash = %s WHERE sequence = %s",
                [body, previous, row.sequence],
            )


def test_an_untouched_chain_is_whole(ten_rows):
    verdict = verify()
    assert verdict.whole
    assert (verdict.rows, verdict.sequence) == (10, None)
    assert str(verdict) == "All 10 rows are whole, held against no checkpoint."


def test_an_empty_chain_is_whole(clinic_row):
    assert verify().whole


def test_an_edited_body_is_found(ten_rows, tamper):
    tamper("UPDATE audit_auditrow SET body = replace(body, 'Okafor', 'Okafar') WHERE sequence = 4")
    verdict = verify()
    assert verdict.sequence == 4
    assert verdict.finding == "The body of row 4 was edited after it was written."


@pytest.mark.parametrize("sequence", [1, 10])
def test_an_edited_first_or_last_body_is_found(ten_rows, tamper, sequence):
    tamper(
        "UPDATE audit_auditrow SET body = replace(body, 'Okafor', 'Okafar') WHERE sequence = %s",
        sequence,
    )
    assert verify().sequence == sequence


def test_an_edited_hash_is_found(ten_rows, tamper):
    tamper("UPDATE audit_auditrow SET hash = %s WHERE sequence = 4", "f" * 64)
    verdict = verify()
    assert verdict.sequence == 4
    assert verdict.finding == "The hash of row 4 was edited after it was written."


def test_a_deleted_row_is_found(ten_rows, tamper):
    tamper("DELETE FROM audit_auditrow WHERE sequence = 4")
    verdict = verify()
    assert verdict.sequence == 4
    assert verdict.finding == "Row 4 is missing: the next row found is 5."


def test_deleted_first_rows_are_found(ten_rows, tamper):
    tamper("DELETE FROM audit_auditrow WHERE sequence < 4")
    verdict = verify()
    assert verdict.sequence == 1
    assert verdict.finding == "Rows 1 to 3 are missing: the next row found is 4."


def test_a_deleted_row_is_found_when_the_rest_was_renumbered(ten_rows, tamper):
    tamper("DELETE FROM audit_auditrow WHERE sequence = 4")
    for sequence in range(5, 11):
        tamper(
            "UPDATE audit_auditrow SET sequence = %s WHERE sequence = %s", sequence - 1, sequence
        )
    verdict = verify()
    assert verdict.sequence == 4
    assert "renumbered" in verdict.finding


@pytest.mark.parametrize("other", [5, 8])
def test_two_swapped_rows_are_found(ten_rows, tamper, other):
    for old, new in ((4, 99), (other, 4), (99, other)):
        tamper("UPDATE audit_auditrow SET sequence = %s WHERE sequence = %s", new, old)
    verdict = verify()
    assert verdict.sequence == 4
    assert verdict.finding == f"Row 4 and row {other} were swapped."


def test_two_swapped_bodies_are_found(ten_rows, tamper):
    bodies = dict(AuditRow.objects.values_list("sequence", "body"))
    for place, other in ((4, 7), (7, 4)):
        tamper("UPDATE audit_auditrow SET body = %s WHERE sequence = %s", bodies[other], place)
    verdict = verify()
    assert verdict.sequence == 4
    assert verdict.finding == "Row 4 and row 7 were swapped."


def test_an_inserted_row_is_found(ten_rows, tamper):
    for sequence in range(10, 3, -1):
        tamper(
            "UPDATE audit_auditrow SET sequence = %s WHERE sequence = %s", sequence + 1, sequence
        )
    tamper(
        "INSERT INTO audit_auditrow (sequence, body, hash, at, actor_name, action, patient) "
        "SELECT 4, body, %s, at, actor_name, action, patient FROM audit_auditrow WHERE sequence=3",
        "e" * 64,
    )
    assert verify().sequence == 4


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", NOON + timedelta(days=1)),
        ("actor_name", "somebody else"),
        ("action", "sessions.something_else"),
        ("patient", "0190a000000070008000000000000001"),
    ],
)
def test_a_search_column_that_differs_from_the_body_is_found(ten_rows, tamper, column, value):
    tamper(f"UPDATE audit_auditrow SET {column} = %s WHERE sequence = 4", value)
    verdict = verify()
    assert verdict.sequence == 4
    assert f"search column {column} " in verdict.finding


def test_rewriting_without_the_key_is_found(ten_rows):
    with lifted(AUDIT):
        rewritten(b"k" * 32)
    assert verify().sequence == 1


def test_rewriting_with_the_stolen_key_needs_a_checkpoint_to_be_found(ten_rows):
    with lifted(AUDIT):
        rewritten(home.key("audit.key"))
    assert verify().finding == (
        "Row 10 is not the row that was committed: the chain was written anew."
    )
    newest.begin_anew()
    assert verify().whole, "this is what a chain alone cannot tell"


def test_rewriting_with_the_stolen_key_is_found_by_a_checkpoint(ten_rows):
    checkpoint(NOON + timedelta(hours=1))
    with lifted(AUDIT):
        rewritten(home.key("audit.key"))
    verdict = verify()
    assert verdict.sequence == 11
    assert "written anew" in verdict.finding
    assert "2026-03-02T13:00:00+00:00" in verdict.finding


@pytest.mark.parametrize("cut", ["sequence > 7", "sequence > 0"])
def test_a_cut_tail_is_found_by_a_checkpoint(ten_rows, tamper, cut):
    checkpoint(NOON + timedelta(hours=1))
    tamper(f"DELETE FROM audit_auditrow WHERE {cut}")
    verdict = verify()
    left = AuditRow.objects.count()
    assert verdict.sequence == left + 1
    assert f"ends at row {left}" in verdict.finding
    assert "saw row 11" in verdict.finding


def test_an_older_database_put_back_is_found_by_a_checkpoint(ten_rows, tamper):
    older = AuditRow.objects.count()
    write_rows(5, first=11)
    checkpoint(NOON + timedelta(hours=1))
    tamper("DELETE FROM audit_auditrow WHERE sequence > %s", older)
    assert verify().sequence == older + 1


def test_the_chain_of_another_clinic_is_found(ten_rows):
    checkpoint(NOON + timedelta(hours=1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_clinic SET id = %s", ["0190a000000070008000000000000001"])
    forget()
    assert "of another clinic" in verify().finding


def test_rows_behind_the_last_checkpoint_are_whole(ten_rows):
    checkpoint(NOON + timedelta(hours=1))
    write_rows(3, first=12)
    verdict = verify()
    assert verdict.whole
    assert (verdict.rows, verdict.checkpoints) == (14, 1)
    assert str(verdict) == "All 14 rows are whole, held against 1 signed checkpoint."


@pytest.mark.parametrize("field", ["sequence", "hash", "at", "clinic", "signature"])
def test_an_edited_checkpoint_is_found(ten_rows, own_checkpoints, field):
    checkpoint(NOON + timedelta(hours=1))
    line = json.loads(own_checkpoints.read_text())
    line[field] = {"sequence": 9, "signature": "00" * 64}.get(field, "something else")
    own_checkpoints.write_text(json.dumps(line) + "\n")
    [found] = {verify().finding}
    other = "The checkpoint at row 11 is of another clinic."
    assert found == (other if field == "clinic" else UNSIGNED)


@pytest.mark.parametrize("line", ["", "not json", "[]", "{}", '{"signature": 3}'])
def test_a_spoiled_checkpoint_line_is_named_and_nothing_breaks(ten_rows, own_checkpoints, line):
    own_checkpoints.write_text(f"{line}\n")
    assert "Line 1" in verify().finding


def test_memory_does_not_grow_with_the_chain(clinic_row):
    write_rows(AT_ONCE * 3)
    verify()
    tracemalloc.start()
    try:
        assert verify().rows == AT_ONCE * 3
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    one_row = 3_000
    assert peak < AT_ONCE * 2 * one_row


def test_asking_is_itself_audited(ten_rows):
    verdict = verify_and_record(command("verify"), NOON + timedelta(hours=2))
    assert verdict.compared
    last = AuditRow.objects.last()
    assert (last.sequence, last.action, last.actor_name) == (11, "audit.verified", "verify")
    assert json.loads(last.body)["detail"] == str(verdict)
    assert verify().rows == 11
