"""Checkpoints: signed at every sign-off, kept in a second place, once for one head."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from mooring.clinic.audit import checkpoints
from mooring.clinic.audit.checkpoints import checkpoint, last_sequence
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.audit.verdict import verify
from mooring.clinic.chores import registered
from mooring.clinic.sessions.models import SessionEntry
from tests.clinic.audit.conftest import NOON, write_rows
from tests.support.clinical import session_for

pytestmark = pytest.mark.django_db


def entry(session, kind: str, sequence: int = 1) -> None:
    SessionEntry.objects.create(
        session=session, sequence=sequence, kind=kind, effective_at=NOON, recorded_at=NOON,
        author=session.order.signed_by, detail={},
    )  # fmt: skip


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


@pytest.fixture
def session(patient, alice):
    return session_for(patient, alice)


def test_a_checkpoint_says_which_clinic_row_hash_and_time(ten_rows, clinic_row, own_checkpoints):
    point = checkpoint(NOON)
    assert (point.clinic, point.sequence, point.at) == (
        str(clinic_row.pk),
        11,
        "2026-03-02T12:00:00+00:00",
    )
    (line,) = lines(own_checkpoints)
    assert line["hash"] == point.hash
    assert len(str(line["signature"])) == 128
    assert own_checkpoints.stat().st_mode & 0o077 == 0


def test_there_is_none_before_there_is_a_row_or_a_clinic(db, own_checkpoints):
    assert checkpoint(NOON) is None
    write_rows(1)
    assert checkpoint(NOON) is None
    assert not own_checkpoints.exists()


def test_signing_off_a_session_makes_one_once_it_is_committed(
    session, ten_rows, own_checkpoints, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as waiting:
        entry(session, "sign_off")
        assert not own_checkpoints.exists()
    for make in waiting:
        make()
    assert lines(own_checkpoints)[-1]["sequence"] == 11


def test_no_other_entry_makes_one(
    session, ten_rows, own_checkpoints, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        entry(session, "note")
    assert not own_checkpoints.exists()


def test_many_sign_offs_at_one_head_make_one_line(
    session, ten_rows, own_checkpoints, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        for number in (1, 2, 3):
            entry(session, "sign_off", number)
    assert len(lines(own_checkpoints)) == 1


def test_a_disk_that_takes_none_does_not_undo_the_sign_off(
    session, ten_rows, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    monkeypatch.setenv("MOORING_CHECKPOINTS", "/dev/full")
    with django_capture_on_commit_callbacks(execute=True):
        entry(session, "sign_off")
    assert SessionEntry.objects.filter(kind="sign_off").exists()
    assert "No checkpoint was made" in caplog.text


@pytest.mark.parametrize("text", ["", "no json\n", "[]\n", '{"sequence": null}\n', "3\n"])
def test_a_spoiled_last_line_counts_as_none_seen(own_checkpoints, text):
    own_checkpoints.write_text(text)
    assert last_sequence() == 0


def test_the_last_line_is_found_in_a_long_file(ten_rows, own_checkpoints):
    for _ in range(40):
        checkpoint(NOON)
    assert last_sequence() == 50


def test_without_a_second_place_they_stand_in_the_data_folder(monkeypatch):
    monkeypatch.delenv("MOORING_CHECKPOINTS")
    assert checkpoints.path().name == "checkpoints.jsonl"


def test_every_five_minutes_one_is_made_where_rows_were_written_since(ten_rows, own_checkpoints):
    [chore] = [chore for chore in registered() if chore.name == "checkpoint"]
    assert chore.every == timedelta(minutes=5)
    assert chore.do(NOON) == "Row 11 is signed."
    assert chore.do(NOON + chore.every) is None, "an idle clinic signs nothing twice"
    write_rows(1, first=12)
    assert chore.do(NOON + 2 * chore.every) == "Row 13 is signed."
    assert [line["sequence"] for line in lines(own_checkpoints)] == [11, 13]
    assert verify().whole


def test_a_sign_off_is_announced_in_its_own_transaction(session, ten_rows, own_checkpoints):
    entry(session, "sign_off")
    assert AuditRow.objects.last().action == "audit.checkpoint"
    assert not own_checkpoints.exists()
    assert verify().finding.startswith("Row 11 announces a checkpoint that is not in the file")
