"""A backup that was never restored counts as no backup."""

from __future__ import annotations

import json
import shutil
import tarfile
from pathlib import Path

import pytest
import sqlcipher3

from mooring.clinic.backups.manifest import fingerprint
from mooring.clinic.database.guards import AUDIT
from tests.support.backups import everything, parts_of
from tests.support.command import keys_of, mooring, python, running


def audit_rows(home: Path) -> list[tuple[int, str, str]]:
    with sqlcipher3.connect(str(home / "mooring.sqlite3")) as connection:
        return connection.execute(
            "SELECT sequence, hash, action FROM audit_auditrow ORDER BY sequence"
        ).fetchall()


def tamper(home: Path) -> None:
    """Change row 2 behind Mooring's back, as the owner of the file can."""
    connection = sqlcipher3.connect(str(home / "mooring.sqlite3"))
    for statement in AUDIT.remove("sqlite"):
        connection.execute(statement)
    connection.execute(
        "UPDATE audit_auditrow SET body = replace(body, 'Okafor', 'Okafar') WHERE sequence=2"
    )
    connection.commit()
    connection.close()


def older_format(home: Path, file: Path) -> Path:
    """A backup as the versions before the signed list wrote it, the signing key in it too."""
    with tarfile.open(file, "w") as tar:
        tar.add(home / "checkpoints.jsonl", "checkpoints.jsonl")
        tar.add(keys_of(home), "keys", filter=lambda part: part if "rec" not in part.name else None)
        tar.add(home / "mooring.sqlite3", "mooring.sqlite3")
    return file


def new_machine(home: Path, file: Path, *words: object, **more: str):
    """Restore where no key is known: with the signing key that the recovery sheet names."""
    return mooring(home, "restore", file, "--fingerprint", signer_of(file), *words, **more)


def signer_of(file: Path) -> str:
    """The fingerprint of whoever signed a clear backup, as the sheet prints it."""
    return fingerprint(json.loads(parts_of(file)["manifest.json"])["signer"])


@pytest.fixture
def backup(clinic_home: Path, tmp_path: Path) -> Path:
    file = tmp_path / "backup.tar"
    assert mooring(clinic_home, "backup", file).returncode == 0
    return file


def test_a_backup_restores_on_an_empty_machine(clinic_home, backup, tmp_path):
    elsewhere = tmp_path / "new-machine"
    done = new_machine(elsewhere, backup)
    assert done.returncode == 0, done.stderr
    assert "All 6 rows are whole, held against 1 signed checkpoint." in done.stdout
    assert audit_rows(elsewhere)[:6] == audit_rows(clinic_home)


def test_the_restore_itself_stands_in_the_audit(backup, tmp_path):
    elsewhere = tmp_path / "new-machine"
    new_machine(elsewhere, backup)
    assert audit_rows(elsewhere)[-1][2] == "audit.restored"
    assert mooring(elsewhere, "verify").stdout.startswith("All 7 rows are whole")


def test_a_backup_may_run_while_the_clinic_works(clinic_home, tmp_path):
    file = tmp_path / "backup.tar"
    with running(clinic_home):
        done = mooring(clinic_home, "backup", file)
    assert done.returncode == 0, done.stderr
    assert new_machine(tmp_path / "new", file).returncode == 0


def test_rows_still_in_the_write_ahead_log_are_in_the_backup(clinic_home, tmp_path):
    with running(clinic_home):
        python(
            clinic_home,
            "from mooring.clinic.audit.verdict import verify_and_record\n"
            "from mooring.clinic.actions import command\n"
            "from django.utils import timezone\n"
            "verify_and_record(command('test'), timezone.now())",
        )
        assert (clinic_home / "mooring.sqlite3-wal").stat().st_size > 0
        mooring(clinic_home, "backup", tmp_path / "b.tar")
    new_machine(tmp_path / "new", tmp_path / "b.tar")
    assert [row[2] for row in audit_rows(tmp_path / "new")][6:] == [
        "audit.verified",
        "audit.restored",
    ]


def test_a_backup_in_a_folder_gets_the_time_as_its_name(clinic_home, tmp_path):
    folder = tmp_path / "usb"
    folder.mkdir()
    mooring(clinic_home, "backup", folder)
    (file,) = folder.iterdir()
    assert file.name.startswith("mooring-2")
    assert file.stat().st_mode & 0o077 == 0, "it holds the chart: for its owner only"


def test_a_backup_never_writes_over_a_file(clinic_home, backup):
    before = backup.read_bytes()
    done = mooring(clinic_home, "backup", backup)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "is there already" in done.stderr
    assert backup.read_bytes() == before


def test_a_tampered_audit_is_backed_up_and_said_aloud(clinic_home, tmp_path):
    tamper(clinic_home)
    done = mooring(clinic_home, "backup", tmp_path / "b.tar")
    assert done.returncode == 1
    assert "The body of row 2 was edited" in done.stderr
    assert (tmp_path / "b.tar").exists(), "a clinic without backups would be worse"


def test_a_damaged_database_is_not_backed_up(clinic_home, tmp_path):
    file = clinic_home / "mooring.sqlite3"
    content = bytearray(file.read_bytes())
    start = content.index(b"Harbour Clinic") // 4096 * 4096
    content[start : start + 64] = b"\x07" * 64
    file.write_bytes(content)
    done = mooring(clinic_home, "backup", tmp_path / "b.tar")
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert done.stderr.count("\n") == 1
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"home", "home-keys"}, "nothing half-made is left"


def test_restore_refuses_a_folder_that_holds_a_clinic(clinic_home, backup):
    before = audit_rows(clinic_home)
    done = mooring(clinic_home, "restore", backup)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("To move it aside first, add --replace")
    assert audit_rows(clinic_home) == before


def test_replace_moves_what_was_there_aside_whole(clinic_home, backup):
    python(
        clinic_home,
        "from django.utils import timezone\n"
        "from mooring.clinic.actions import command\n"
        "from mooring.clinic.audit.verdict import verify_and_record\n"
        "verify_and_record(command('test'), timezone.now())",
    )
    done = mooring(clinic_home, "restore", backup, "--replace")
    assert done.returncode == 0, done.stderr
    (aside,) = clinic_home.glob("replaced-*")
    assert [row[2] for row in audit_rows(aside)][-1] == "audit.verified"
    assert [row[2] for row in audit_rows(clinic_home)][-1] == "audit.restored"
    assert (keys_of(clinic_home) / aside.name / "audit.key").exists()


def test_restore_waits_until_the_server_is_stopped(clinic_home, backup):
    with running(clinic_home):
        done = mooring(clinic_home, "restore", backup, "--replace")
    assert done.returncode == 1
    assert "Stop it first" in done.stderr
    assert not list(clinic_home.glob("replaced-*"))


def test_rows_that_a_checkpoint_elsewhere_saw_and_the_backup_lacks_are_named(
    clinic_home, backup, tmp_path
):
    second_place = tmp_path / "other-disk.jsonl"
    shutil.copy(clinic_home / "checkpoints.jsonl", second_place)
    python(
        clinic_home,
        "from django.utils import timezone\n"
        "from mooring.clinic.actions import command\n"
        "from mooring.clinic.audit.checkpoints import checkpoint\n"
        "from mooring.clinic.audit.verdict import verify_and_record\n"
        "verify_and_record(command('test'), timezone.now())\n"
        "checkpoint(timezone.now())",
        MOORING_CHECKPOINTS=str(second_place),
    )
    done = mooring(
        clinic_home, "restore", backup, "--replace", MOORING_CHECKPOINTS=str(second_place)
    )
    assert done.returncode == 0, done.stderr
    assert "Rows 7 to 8 are not in it." in done.stdout
    assert mooring(clinic_home, "verify", MOORING_CHECKPOINTS=str(second_place)).returncode == 0
    assert list(tmp_path.glob("other-disk.jsonl.replaced-*"))


def test_a_backup_of_the_older_format_still_restores_and_says_what_it_is(clinic_home, tmp_path):
    file = older_format(clinic_home, tmp_path / "old.tar")
    done = mooring(tmp_path / "new", "restore", file)
    assert done.returncode == 0, done.stderr
    assert "is of an older format: it has no signed list of its parts" in done.stdout
    assert "held against 1 signed checkpoint" in done.stdout
    assert mooring(tmp_path / "new", "verify").returncode == 0


def test_an_older_backup_with_one_value_changed_in_a_row_is_refused(clinic_home, tmp_path):
    copy = Path(shutil.copytree(clinic_home, tmp_path / "copy"))
    shutil.copytree(keys_of(clinic_home), keys_of(copy))
    line = sqlcipher3.connect(str(copy / "mooring.sqlite3"))
    line.execute("UPDATE accounts_clinic SET crisis_phone = '999'")
    line.commit()
    line.close()
    file = older_format(copy, tmp_path / "old.tar")
    before = everything(clinic_home, keys_of(clinic_home))
    done = mooring(clinic_home, "restore", file, "--replace")
    assert done.returncode == 1
    assert "Its audit does not hold" in done.stderr
    assert everything(clinic_home, keys_of(clinic_home)) == before


def test_a_test_of_a_backup_replaces_nothing_and_may_run_while_the_clinic_works(
    clinic_home, backup
):
    before = everything(keys_of(clinic_home))
    with running(clinic_home):
        done = mooring(clinic_home, "restore", "--test", backup)
    assert f"{backup} can be restored: All 6 rows are whole" in done.stdout, done.stderr
    assert everything(keys_of(clinic_home)) == before
    assert not (clinic_home / "restore-test").exists()
