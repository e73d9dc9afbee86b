"""A chain of ten rows, and a hand that tampers with it as the database's owner could."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from mooring.clinic.audit import chain, newest
from mooring.clinic.database.guards import AUDIT, lifted

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_checkpoints(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test keeps its checkpoints in a file of its own.

    A test's rows are never committed: what follows a commit is done at once.
    """
    monkeypatch.setattr(newest, "on_commit", lambda note, robust: note())
    file = tmp_path / "checkpoints.jsonl"
    monkeypatch.setenv("MOORING_CHECKPOINTS", str(file))
    return file


def write_rows(count: int, first: int = 1) -> None:
    """Audited events, a minute apart."""
    for number in range(first, first + count):
        chain.append(
            at=NOON + timedelta(minutes=number),
            actor="1",
            actor_name="B. Okafor",
            action="sessions.record_entry",
            subject="treatment.SessionEntry",
            subject_id=f"entry-{number}",
            patient=None,
            digest=f"{number:064x}",
        )


@pytest.fixture
def ten_rows(clinic_row: Any) -> None:
    """A chain of ten rows."""
    write_rows(10)


@pytest.fixture
def tamper() -> Iterator[Callable[..., None]]:
    """`tamper(sql, *parameters)` runs SQL with the triggers dropped."""

    def run(sql: str, *parameters: object) -> None:
        with lifted(AUDIT), connection.cursor() as cursor:
            cursor.execute(sql, parameters)

    return run
