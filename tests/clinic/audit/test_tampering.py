"""Each way of tampering that was tried on an earlier build, found and named: 21 with the audit,
11 with clinical rows. What no file of the clinic's own can tell is told by a copy kept elsewhere.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mooring.clinic import home
from mooring.clinic.accounts.models import RoleAssignment
from mooring.clinic.actions import command
from mooring.clinic.audit import chain, checkpoints, newest
from mooring.clinic.audit.checkpoints import Checkpoint, checkpoint
from mooring.clinic.audit.lines import hashed
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.audit.tables import take_over
from mooring.clinic.audit.verdict import examine, verify
from mooring.clinic.courses.models import Order
from mooring.clinic.database.guards import GUARDS, lifted
from mooring.clinic.measures.models import Assignment, Response
from mooring.clinic.screening.models import ScreeningDecision
from mooring.clinic.sessions.models import SessionEntry
from tests.clinic.audit.conftest import NOON, write_rows
from tests.support.behind import statement
from tests.support.clinical import session_for

pytestmark = pytest.mark.django_db
COPIED = "SELECT %s, body, %s, at, actor_name, action, patient FROM audit_auditrow"
COLUMNS = "sequence, body, hash, at, actor_name, action, patient"
INSERTED = f"INSERT INTO audit_auditrow ({COLUMNS}) {COPIED}"
RENAMED = "UPDATE audit_auditrow SET body = replace(body, 'Okafor', 'Marsh') WHERE sequence = %s"


@pytest.fixture
def twenty(clinic_row: Any, own_checkpoints: Path) -> Path:
    """Twenty rows: checkpoints announced in rows 11 and 17, and three rows behind the last one."""
    write_rows(10)
    checkpoint(NOON + timedelta(hours=1))
    write_rows(5, first=12)
    checkpoint(NOON + timedelta(hours=2))
    write_rows(3, first=18)
    assert verify().whole
    return own_checkpoints


def move(old: int, new: int) -> None:
    statement("UPDATE audit_auditrow SET sequence = %s WHERE sequence = %s", new, old)


def delete_and_renumber(place: int) -> None:
    statement("DELETE FROM audit_auditrow WHERE sequence = %s", place)
    for sequence in range(place + 1, 21):
        move(sequence, sequence - 1)


def swap(one: int, other: int) -> None:
    for old, new in ((one, 99), (other, one), (99, other)):
        move(old, new)


def swap_bodies(one: int, other: int) -> None:
    bodies = dict(AuditRow.objects.values_list("sequence", "body"))
    for place, body in ((one, bodies[other]), (other, bodies[one])):
        statement("UPDATE audit_auditrow SET body = %s WHERE sequence = %s", body, place)


def insert(place: int) -> None:
    for sequence in range(20, place - 1, -1):
        move(sequence, sequence + 1)
    statement(f"{INSERTED} WHERE sequence = %s", place, "e" * 64, place - 1)


def rechain(place: int, key: bytes) -> None:
    """A body replaced, and every hash from there on computed anew."""
    statement(RENAMED, place)
    statement("UPDATE audit_auditrow SET actor_name = 'B. Marsh' WHERE sequence = %s", place)
    previous = AuditRow.objects.get(sequence=place - 1).hash
    for row in AuditRow.objects.filter(sequence__gte=place).order_by("sequence"):
        previous = chain.link(key, previous, row.sequence, row.body)
        sql = "UPDATE audit_auditrow SET hash = %s WHERE sequence = %s"
        statement(sql, previous, row.sequence)


def cut(after: int) -> None:
    statement("DELETE FROM audit_auditrow WHERE sequence > %s", after)


def lines() -> list[bytes]:
    return checkpoints.path().read_bytes().splitlines(keepends=True)


def keep_lines(count: int) -> None:
    checkpoints.path().write_bytes(b"".join(lines()[:count]))


def edit_line(number: int) -> None:
    every = lines()
    every[number - 1] = every[number - 1].replace(b'"sequence": 11', b'"sequence": 10')
    checkpoints.path().write_bytes(b"".join(every))


def sign_again(number: int) -> None:
    """Give a line the hash that its row has now, with the key that signs."""
    every = lines()
    facts = json.loads(every[number - 1])
    facts.pop("signature")
    facts["hash"] = AuditRow.objects.get(sequence=facts["sequence"]).hash
    if number > 1:
        facts["previous"] = hashed(every[number - 2])
    point = Checkpoint(**facts)
    signature = checkpoints.signing_key().sign(point.signed_text()).hex()
    every[number - 1] = json.dumps({**point.facts(), "signature": signature}).encode() + b"\n"
    checkpoints.path().write_bytes(b"".join(every))


def change_consistently(one: int, other: int) -> None:
    """Two rows changed in their columns, bodies and hashes, by somebody without the key."""
    for place in (one, other):
        statement(RENAMED, place)
        statement("UPDATE audit_auditrow SET actor_name = 'B. Marsh' WHERE sequence = %s", place)
        row = AuditRow.objects.get(sequence=place)
        made = chain.link(b"k" * 32, "0" * 64, place, row.body)
        statement("UPDATE audit_auditrow SET hash = %s WHERE sequence = %s", made, place)


def own_key() -> bytes:
    return home.key("audit.key")


WAYS: dict[str, tuple[Callable[[], object], int | None, str]] = {
    "a byte of a body edited": (
        lambda: statement(RENAMED, 4), 4, "The body of row 4 was edited",
    ),
    "first row deleted": (
        lambda: statement("DELETE FROM audit_auditrow WHERE sequence = 1"), 1, "Row 1 is missing",
    ),
    "middle row deleted": (
        lambda: statement("DELETE FROM audit_auditrow WHERE sequence = 9"), 9, "Row 9 is missing",
    ),
    "last row deleted": (lambda: cut(19), 20, "row 20 was committed"),
    "row deleted and the rest renumbered": (lambda: delete_and_renumber(5), 5, "renumbered"),
    "two rows swapped": (lambda: swap(4, 7), 4, "Row 4 and row 7 were swapped"),
    "two bodies swapped": (lambda: swap_bodies(4, 7), 4, "Row 4 and row 7 were swapped"),
    "row inserted in the middle": (lambda: insert(6), 6, "Row 6 was inserted"),
    "forged row appended without the key": (
        lambda: statement(f"{INSERTED} WHERE sequence = 20", 21, "f" * 64), 21, "another key",
    ),
    "body replaced and rechained with the key before a checkpoint": (
        lambda: rechain(4, own_key()), 11, "was written anew",
    ),
    "body replaced and rechained with the key after the last checkpoint": (
        lambda: rechain(19, own_key()), 20, "not the row that was committed",
    ),
    "tail cut before the last checkpoint": (lambda: cut(13), 14, "saw row 17"),
    "tail cut after the last checkpoint": (lambda: cut(18), 19, "row 20 was committed"),
    "tail cut together with its checkpoint line": (
        lambda: (cut(13), keep_lines(1)), 14, "row 20 was committed",
    ),
    "checkpoint file edited": (lambda: edit_line(1), None, "Line 2 of checkpoints.jsonl does not"),
    "checkpoint file emptied": (
        lambda: checkpoints.path().write_bytes(b""), 17, "held 1 lines; it is empty or gone",
    ),
    "checkpoint file deleted": (
        lambda: checkpoints.path().unlink(), 17, "held 1 lines; it is empty or gone",
    ),
    "checkpoint signed again with the key that lies beside it": (
        lambda: (rechain(14, own_key()), sign_again(2)), 20, "not the row that was committed",
    ),
    "actor's name changed in the column and in the body": (
        lambda: (statement(RENAMED, 8), statement(
            "UPDATE audit_auditrow SET actor_name = 'B. Marsh' WHERE sequence = 8"
        )), 8, "The body of row 8 was edited",
    ),
    "two rows changed consistently": (lambda: change_consistently(6, 12), 6, "Row 6"),
    "database put back to an older one": (lambda: cut(10), 11, "saw row 17"),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_tampering_with_the_audit_is_found_at_its_row(twenty: Path, way: str) -> None:
    tamper, row, said = WAYS[way]
    with lifted(*GUARDS):
        tamper()
    verdict = verify()
    assert not verdict.whole
    assert said in str(verdict)
    assert verdict.sequence == row


def test_there_are_twenty_one_ways_with_the_audit_and_eleven_with_rows() -> None:
    assert (len(WAYS), len(ROWS)) == (21, 11)


def test_lines_taken_from_the_middle_of_the_file_are_found(twenty: Path) -> None:
    checkpoint(NOON + timedelta(hours=3))
    every = lines()
    twenty.write_bytes(every[0] + every[2])
    assert "Line 2 of checkpoints.jsonl does not follow from the line before it" in str(verify())


def test_the_last_line_taken_alone_is_found(twenty: Path) -> None:
    keep_lines(1)
    verdict = verify()
    assert verdict.sequence == 17
    assert "announces a checkpoint that is not in the file" in str(verdict)


def test_a_file_of_another_key_is_found(twenty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    twenty.unlink()
    real = home.key
    monkeypatch.setattr(
        home, "key", lambda name: b"s" * 32 if name == "checkpoint.key" else real(name)
    )
    checkpoints.sign(NOON)
    checkpoints.sign(NOON)
    monkeypatch.undo()
    monkeypatch.setenv("MOORING_CHECKPOINTS", str(twenty))
    assert not verify().whole


def test_with_all_keys_and_all_files_only_a_copy_elsewhere_tells(
    twenty: Path, tmp_path: Path
) -> None:
    """Cut to where chain and file agree, with the note of the newest row written anew."""
    outside = tmp_path / "outside.jsonl"
    shutil.copyfile(twenty, outside)
    with lifted(*GUARDS):
        cut(13)
    keep_lines(1)
    newest.begin_anew()
    newest.note(13, AuditRow.objects.get(sequence=13).hash)
    assert verify().whole, "nothing that the clinic itself holds can tell"
    verdict = verify(against=outside)
    assert verdict.sequence == 14
    assert "saw row 17" in str(verdict)


def test_a_copy_elsewhere_tells_a_file_that_was_written_anew(twenty: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.jsonl"
    shutil.copyfile(twenty, outside)
    with lifted(*GUARDS):
        rechain(9, own_key())
    sign_again(1)
    sign_again(2)
    verdict = verify(against=outside)
    assert verdict.sequence == 11
    assert "is not the one in outside.jsonl" in str(verdict)


def test_an_older_copy_elsewhere_agrees(twenty: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.jsonl"
    outside.write_bytes(lines()[0])
    assert verify(against=outside).whole


def test_a_lost_file_is_begun_anew_with_a_reason_that_every_verdict_tells(twenty: Path) -> None:
    twenty.unlink()
    checkpoints.begin_anew(command("verify"), "The stick broke", NOON + timedelta(hours=4))
    verdict = verify()
    assert verdict.whole
    assert "Checkpoints were begun anew at row 21." in str(verdict)
    keep_lines(0)
    assert not verify().whole


def test_lines_of_earlier_versions_still_hold_and_are_bound_by_the_next(clinic_row: Any) -> None:
    write_rows(3)
    for sequence in (2, 3):
        row = AuditRow.objects.get(sequence=sequence)
        point = Checkpoint(str(clinic_row.pk), sequence, row.hash, NOON.isoformat())
        assert set(point.facts()) == {"clinic", "sequence", "hash", "at"}
        signature = checkpoints.signing_key().sign(point.signed_text()).hex()
        with checkpoints.path().open("a") as file:
            file.write(json.dumps({**point.facts(), "signature": signature}) + "\n")
    checkpoint(NOON)
    assert verify().checkpoints == 3
    checkpoints.path().write_bytes(b"".join(lines()[1:]))
    assert not verify().whole


def test_a_new_key_is_named_by_the_audit_and_the_old_lines_hold_without_the_old_one(
    twenty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clinic that was restored on a new machine signs with a key of its own."""
    real = home.key
    monkeypatch.setattr(
        home, "key", lambda name: b"s" * 32 if name == "checkpoint.key" else real(name)
    )
    checkpoint(NOON + timedelta(hours=3))
    assert len({json.loads(line)["key"] for line in lines()}) == 2
    assert verify().whole


@pytest.fixture
def charted(patient: Any, alice: Any, bob: Any) -> Order:
    """A session with a pressure and a symptom, its order and decision, a PHQ-9, and who did it."""
    session = session_for(patient, alice)
    facts: dict[str, Any] = {"session": session, "author": alice, "detail": {}}
    times = {"effective_at": NOON, "recorded_at": NOON}
    SessionEntry.objects.create(
        sequence=1, kind="reading", systolic=120, diastolic=78, **facts, **times
    )
    SessionEntry.objects.create(sequence=2, kind="symptom", **facts, **times)
    asked = Assignment.objects.create(
        patient=patient, course=session.course, measure="phq9", occasion="baseline",
        due_at=NOON, expires_at=NOON + timedelta(days=1), token_hash="answered",
    )  # fmt: skip
    Response.objects.create(
        assignment=asked, answers=[3] * 9, total=27, band="severe",
        started_at=NOON, completed_at=NOON,
    )  # fmt: skip
    ScreeningDecision.objects.create(
        patient=patient, policy="p", policy_version="1", findings=[], verdict="clear",
        decision="proceed", reason="Fit.", override=False, decided_by=alice, decided_at=NOON,
    )  # fmt: skip
    RoleAssignment.objects.get_or_create(user=alice, role="prescriber")
    take_over(command("migrate"), NOON)
    assert examine().whole
    return session.order


ROLE = "UPDATE accounts_roleassignment SET role = 'owner' WHERE role = 'prescriber'"
ROWS = {
    "a pressure in a session's log": (
        "UPDATE treatment_sessionentry SET systolic = 190 WHERE sequence = 1",
        "session entry {} of record", "was changed",
    ),
    "a symptom entry deleted": (
        "DELETE FROM treatment_sessionentry WHERE kind = 'symptom'", "session entry", "was deleted",
    ),
    "an order's total": ("UPDATE courses_order SET total_mg = 350", "order", "was changed"),
    "a PHQ-9 total": ("UPDATE measures_response SET total = 4", "response", "was changed"),
    "a response deleted": ("DELETE FROM measures_response", "response", "was deleted"),
    "an order's signer": (
        "UPDATE courses_order SET signed_by_id = (SELECT id FROM accounts_user"
        " WHERE username = 'bob')", "order", "was changed",
    ),
    "a role raised": (ROLE, "role assignment", "was changed"),
    "all orders' totals": (
        "UPDATE courses_order SET total_mg = total_mg * 10", "order", "was changed",
    ),
    "all responses' totals": ("UPDATE measures_response SET total = 0", "response", "was changed"),
    "all decisions deleted": (
        "DELETE FROM screening_screeningdecision"
        " WHERE id NOT IN (SELECT screening_id FROM courses_course)",
        "screening decision", "was deleted",
    ),
    "a role changed": (ROLE.replace("owner", "nurse"), "role assignment", "was changed"),
}  # fmt: skip


@pytest.mark.parametrize("way", ROWS)
def test_tampering_with_clinical_rows_is_found_and_the_row_is_named(
    charted: Order, way: str
) -> None:
    sql, name, what = ROWS[way]
    with lifted(*GUARDS):
        assert statement(sql) >= 1
    found = [each for each in examine().differences if each.startswith(name.split(" {}")[0])]
    assert found, "the row is named"
    assert all(what in each and "row 1 of the audit" in each for each in found)
