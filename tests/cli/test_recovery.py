"""The owner's sheet opens every backup, on a machine that has nothing else."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from tests.support.backups import everything
from tests.support.command import MOORING, environment, keys_of, mooring, running

CANARY = b"Harbour Clinic"


@pytest.fixture
def sheet(clinic_home: Path, tmp_path: Path) -> Path:
    paper = tmp_path / "safe" / "sheet.txt"
    paper.parent.mkdir()
    done = mooring(clinic_home, "recovery-sheet", paper)
    assert done.returncode == 0, done.stderr
    return paper


@pytest.fixture
def encrypted(clinic_home: Path, sheet: Path, tmp_path: Path) -> Path:
    done = mooring(clinic_home, "backup", tmp_path / "b.tar")
    assert (done.returncode, done.stderr) == (0, "")
    return tmp_path / "b.tar.age"


def key_on(sheet: Path) -> str:
    """What a person would copy: the lines of the key, in their groups."""
    return sheet.read_text().split("do not matter)")[1].split("encrypts to")[0]


def signing_key_on(sheet: Path) -> str:
    return re.search(r"signing key +(\S+)", sheet.read_text()).group(1)


def test_the_sheet_fits_one_page_and_holds_what_a_restore_needs(sheet):
    text = sheet.read_text()
    assert sheet.stat().st_mode & 0o777 == 0o600
    assert len(text.splitlines()) <= 60
    assert max(map(len, text.splitlines())) <= 90
    assert "Harbour Clinic" in text
    assert f"--fingerprint {signing_key_on(sheet)}" in text
    assert len(re.sub(r"\s", "", key_on(sheet))) == 74


def test_mooring_keeps_the_recovery_key_nowhere(clinic_home, sheet):
    secret = re.sub(r"\s", "", key_on(sheet)).encode()
    kept = everything(clinic_home, keys_of(clinic_home)).values()
    assert not [content for content in kept if secret in content or secret.lower() in content]


def test_without_a_sheet_a_backup_says_aloud_that_it_is_not_encrypted(clinic_home, tmp_path):
    done = mooring(clinic_home, "backup", tmp_path / "b.tar")
    assert f"{tmp_path / 'b.tar'} is NOT ENCRYPTED" in done.stderr
    assert CANARY in (tmp_path / "b.tar").read_bytes()


def test_with_a_sheet_nothing_of_a_backup_can_be_read_without_it(encrypted):
    content = encrypted.read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    assert CANARY not in content
    assert b"audit.key" not in content


def test_the_signing_key_is_in_no_backup(clinic_home, sheet, encrypted, tmp_path):
    key = (keys_of(clinic_home) / "checkpoint.key").read_bytes()
    (keys_of(clinic_home) / "recovery.json").unlink()
    mooring(clinic_home, "backup", tmp_path / "clear.tar")
    assert key not in (tmp_path / "clear.tar").read_bytes()


def test_a_new_machine_with_only_backup_and_sheet_opens_the_clinic(encrypted, sheet, tmp_path):
    home = tmp_path / "new-machine" / "home"
    named = ["--identity", sheet, "--fingerprint", signing_key_on(sheet)]
    done = mooring(home, "restore", encrypted, *named)
    assert done.returncode == 0, done.stderr
    assert "All 6 rows are whole, held against 1 signed checkpoint." in done.stdout
    with running(home):
        pass
    assert mooring(home, "verify").returncode == 0
    assert mooring(home, "backup", tmp_path / "again.tar").returncode == 0
    assert (tmp_path / "again.tar.age").exists(), "still encrypted to the same sheet"


def test_a_new_machine_asks_to_compare_the_signing_key_with_the_sheet(encrypted, sheet, tmp_path):
    home = tmp_path / "new-machine" / "home"
    done = mooring(home, "restore", encrypted, "--identity", sheet)
    assert done.returncode == 1
    assert f"was signed with the key {signing_key_on(sheet)}, which this machine" in done.stderr
    done = mooring(home, "restore", encrypted, "--identity", sheet, "--fingerprint", "0000-0000")
    assert "It was signed with the key" in done.stderr
    assert not home.exists()


def test_what_a_person_types_from_the_sheet_opens_it(clinic_home, encrypted, sheet):
    done = subprocess.run(
        [MOORING, "restore", "--test", encrypted, "--identity", "-"],
        input=key_on(sheet).lower(),
        env=environment(clinic_home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "can be restored: All 6 rows are whole" in done.stdout, done.stderr
    assert '"proven_at": "2' in (keys_of(clinic_home) / "recovery.json").read_text()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda key: key[:-1] + ("Q" if key[-1] != "Q" else "P"), "A letter of the recovery key"),
        (lambda key: key[:-3], "There is no recovery key in what was given."),
        (lambda key: "", "There is no recovery key in what was given."),
    ],
)
def test_a_slip_in_the_key_is_told_from_a_damaged_backup(
    clinic_home, encrypted, sheet, tmp_path, change, words
):
    slip = tmp_path / "typed"
    slip.write_text(change(re.sub(r"\s", "", key_on(sheet))))
    done = mooring(clinic_home, "restore", "--test", encrypted, "--identity", slip)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert words in done.stderr


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda b: b[:-5000], "It was changed or cut after it was written"),
        (lambda b: b[:60], "It was changed or cut after it was written"),
        (lambda b: b[:9000] + bytes([b[9000] ^ 1]) + b[9001:], "It was changed or cut"),
        (lambda b: b[:100] + bytes([b[100] ^ 1]) + b[101:], "This recovery key does not open it."),
    ],
)
def test_an_encrypted_backup_that_was_damaged_is_refused(
    clinic_home, encrypted, sheet, damage, words
):
    encrypted.write_bytes(damage(encrypted.read_bytes()))
    before = everything(clinic_home, keys_of(clinic_home))
    done = mooring(clinic_home, "restore", encrypted, "--identity", sheet, "--replace")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert words in done.stderr
    assert everything(clinic_home, keys_of(clinic_home)) == before


def test_an_encrypted_backup_on_a_new_machine_says_which_key_to_name(encrypted, tmp_path):
    done = mooring(tmp_path / "elsewhere" / "home", "restore", encrypted)
    assert done.returncode == 1
    assert "It is encrypted. Name the recovery key: --identity FILE" in done.stderr


def test_a_second_sheet_is_made_only_when_asked_for(clinic_home, sheet, tmp_path):
    done = mooring(clinic_home, "recovery-sheet", tmp_path / "other.txt")
    assert "There is a recovery sheet already" in done.stderr
    assert not (tmp_path / "other.txt").exists()
    assert mooring(clinic_home, "recovery-sheet", "--new", sheet).returncode == 1, "never over it"
    done = mooring(clinic_home, "recovery-sheet", "--new", tmp_path / "other.txt")
    assert done.returncode == 0
    assert key_on(tmp_path / "other.txt") != key_on(sheet)
