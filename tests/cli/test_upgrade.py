"""An upgrade never happens by accident, never without a copy, and never backwards."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import sqlcipher3

from mooring.clinic.backups.manifest import fingerprint
from tests.support.backups import parts_of
from tests.support.command import mooring, python
from tests.support.command import running as serving

BACK = """
from django.core.management import call_command
call_command("migrate", "imports", "zero", verbosity=0)
"""


@pytest.fixture
def earlier(clinic_home: Path) -> Path:
    """The clinic as an earlier version kept it: without what came in from outside."""
    python(clinic_home, BACK)
    return clinic_home


def tables_of(home: Path) -> set[str]:
    with sqlcipher3.connect(str(home / "mooring.sqlite3")) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}


@pytest.mark.parametrize("words", [("verify",), ("import", "chart.json")])
def test_a_command_that_only_works_with_the_clinic_changes_no_tables(earlier, words) -> None:
    done = mooring(earlier, *words)
    assert done.returncode == 1
    assert "The tables are of an earlier version. Run `mooring migrate`" in done.stderr
    assert "imports_importbatch" not in tables_of(earlier)


def test_migrate_keeps_a_copy_that_restores_and_then_upgrades(earlier, tmp_path) -> None:
    done = mooring(earlier, "migrate")
    assert done.returncode == 0, done.stderr
    [copy] = (earlier / "before-upgrade").glob("*.tar")
    assert f"A copy of the clinic as it was is in {copy}" in done.stdout
    assert "The clinic's tables hold what they wrote." in mooring(earlier, "verify").stdout
    signer = fingerprint(json.loads(parts_of(copy)["manifest.json"])["signer"])
    again = mooring(tmp_path / "elsewhere", "restore", copy, "--fingerprint", signer)
    assert again.returncode == 0, again.stderr
    assert "are whole" in again.stdout


def test_a_server_that_starts_after_an_upgrade_keeps_a_copy_too(earlier) -> None:
    with serving(earlier):
        assert list((earlier / "before-upgrade").glob("*.tar"))
    assert "imports_importbatch" in tables_of(earlier)


def test_where_nothing_waits_no_copy_is_made(clinic_home) -> None:
    assert "of this version already" in mooring(clinic_home, "migrate").stdout
    assert not (clinic_home / "before-upgrade").exists()


def test_migrate_waits_until_the_server_has_stopped(clinic_home) -> None:
    with serving(clinic_home):
        done = mooring(clinic_home, "migrate")
    assert done.returncode == 1
    assert "Stop it first" in done.stderr


def test_a_backup_of_an_earlier_clinic_is_written_and_says_that_it_was_not_verified(
    earlier, tmp_path
) -> None:
    done = mooring(earlier, "backup", tmp_path / "old.tar")
    assert done.returncode == 0, done.stderr
    assert "of an earlier version and were not verified" in done.stdout
    assert (tmp_path / "old.tar").exists()


@pytest.mark.parametrize("words", [("serve", "--port", "0"), ("verify",), ("migrate",)])
def test_what_a_newer_version_wrote_is_not_touched(clinic_home, words) -> None:
    with sqlcipher3.connect(str(clinic_home / "mooring.sqlite3")) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('people', '9999_of_tomorrow', '2027-01-01')"
        )
    done = mooring(clinic_home, *words)
    assert done.returncode == 1
    assert "A newer Mooring has written this clinic (people.9999_of_tomorrow)" in done.stderr


def test_there_is_no_backup_of_nothing(tmp_path) -> None:
    done = mooring(tmp_path / "empty", "backup", tmp_path / "none.tar")
    assert done.returncode == 1
    assert "There is no clinic in" in done.stderr
