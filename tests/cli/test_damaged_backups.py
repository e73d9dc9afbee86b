"""A damaged backup is refused with a sentence about what is wrong, and nothing is touched.

The cases are those that were tried on the build of December 2026, and what an encrypted and signed
backup adds to them.
"""

from __future__ import annotations

import io
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.support.backups import Parts, everything, parts_of, resigned, written
from tests.support.command import keys_of, mooring

STRANGER = Ed25519PrivateKey.generate()


@pytest.fixture(scope="session")
def whole(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of the small clinic, not encrypted."""
    file = tmp_path_factory.mktemp("whole") / "b.tar"
    assert mooring(_template, "backup", file).returncode == 0
    return file


def refusal(home: Path, file: Path, *words: object) -> str:
    """What restore says of a file that it has to refuse, having touched nothing."""
    before = everything(home, keys_of(home))
    done = mooring(home, "restore", file, "--replace", *words)
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    assert everything(home, keys_of(home)) == before
    return done.stderr


def own_key(home: Path) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes((keys_of(home) / "checkpoint.key").read_bytes())


def flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0x20]) + content[at + 1 :]


def data_of(file: Path, name: str) -> int:
    with tarfile.open(file) as tar:
        return tar.getmember(name).offset_data


def header_of(file: Path, name: str) -> int:
    with tarfile.open(file) as tar:
        return tar.getmember(name).offset


def other_value(parts: Parts, tmp: Path, statement: str) -> Parts:
    """The parts with one value changed inside a row of the database."""
    file = tmp / "inside.sqlite3"
    file.write_bytes(parts["mooring.sqlite3"])
    line = sqlite3.connect(file)
    line.execute(statement)
    line.commit()
    line.close()
    return {**parts, "mooring.sqlite3": file.read_bytes()}


RENAMED = "UPDATE accounts_clinic SET name = 'Other Clinic'"

BYTES: dict[str, tuple[Callable[[Path], bytes], str]] = {
    "cut short": (lambda b: b.read_bytes()[: data_of(b, "mooring.sqlite3") + 9000], "is cut short"),
    "a byte of the first header": (lambda b: flipped(b.read_bytes(), 3), "is not a backup"),
    "a byte of a later header": (
        lambda b: flipped(b.read_bytes(), header_of(b, "mooring.sqlite3") + 3),
        "Its part mooring.sqlite3 is missing.",
    ),
    "a byte of the data": (
        lambda b: flipped(b.read_bytes(), data_of(b, "mooring.sqlite3") + 9000),
        "Its part mooring.sqlite3 was changed after it was written.",
    ),
    "a byte of the manifest": (
        lambda b: flipped(b.read_bytes(), b.read_bytes().index(b"sha256") + 2),
        "Its list of parts was changed after it was signed.",
    ),
    "no archive": (
        lambda b: b"Dear clinic, " * 4000,
        "is not a backup that `mooring backup` wrote",
    ),
    "empty": (lambda b: b"", "It is empty"),
}


@pytest.mark.parametrize("kind", BYTES)
def test_bytes_that_were_changed_or_lost(clinic_home, whole, tmp_path, kind):
    damage, words = BYTES[kind]
    file = tmp_path / "damaged.tar"
    file.write_bytes(damage(whole))
    assert words in refusal(clinic_home, file)


PARTS: dict[str, tuple[Callable[[Parts], Parts], str]] = {
    "a member missing": (
        lambda p: {n: b for n, b in p.items() if n != "checkpoints.jsonl"},
        "Its part checkpoints.jsonl is missing.",
    ),
    "the manifest missing": (
        lambda p: {n: b for n, b in p.items() if n != "manifest.json"},
        "Its part manifest.json is missing.",
    ),
    "the signature missing": (
        lambda p: {n: b for n, b in p.items() if n != "manifest.sig"},
        "Its part manifest.sig is missing.",
    ),
    "a member added": (
        lambda p: {**p, "keys/other.key": b"0" * 32},
        "It holds a part that was added after it was written: keys/other.key.",
    ),
    "a strange member added": (
        lambda p: {**p, "holiday.jpg": b"sea"},
        "It holds a part that no backup has: 'holiday.jpg'.",
    ),
    "a path upwards": (
        lambda p: {**p, "keys/../../evil": b"x"},
        "It holds a part that no backup has: 'keys/../../evil'.",
    ),
    "an absolute path": (
        lambda p: {**p, "/tmp/evil.key": b"x"},
        "It holds a part that no backup has: '/tmp/evil.key'.",
    ),
    "keys missing": (
        lambda p: {n: b for n, b in p.items() if not n.startswith("keys/")},
        "Its part keys/audit.key is missing.",
    ),
}


@pytest.mark.parametrize("kind", PARTS)
def test_parts_that_were_taken_out_or_put_in(clinic_home, whole, tmp_path, kind):
    change, words = PARTS[kind]
    file = written(tmp_path / "damaged.tar", change(parts_of(whole)))
    assert words in refusal(clinic_home, file)
    assert not list(tmp_path.rglob("evil*"))


def test_a_link_in_the_place_of_a_part(clinic_home, whole, tmp_path):
    file = Path(shutil.copy(whole, tmp_path / "damaged.tar"))
    link = tarfile.TarInfo("licensed/pack.toml")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(file, "a") as tar:
        tar.addfile(link)
    assert "Its part licensed/pack.toml is a link and no file." in refusal(clinic_home, file)


def test_a_part_that_is_there_twice(clinic_home, whole, tmp_path):
    file = Path(shutil.copy(whole, tmp_path / "damaged.tar"))
    again = tarfile.TarInfo("keys/audit.key")
    again.size = 32
    with tarfile.open(file, "a") as tar:
        tar.addfile(again, io.BytesIO(b"0" * 32))
    assert "It holds the part keys/audit.key twice." in refusal(clinic_home, file)


def test_keys_missing_though_whoever_has_the_signing_key_signed_it(clinic_home, whole, tmp_path):
    bare = {n: b for n, b in parts_of(whole).items() if not n.startswith("keys/")}
    file = written(tmp_path / "b.tar", resigned(bare, own_key(clinic_home)))
    assert "The clinic's keys are missing" in refusal(clinic_home, file)


def test_one_value_changed_inside_a_row(clinic_home, whole, tmp_path):
    changed = other_value(parts_of(whole), tmp_path, RENAMED)
    file = written(tmp_path / "b.tar", changed)
    assert "mooring.sqlite3 was changed after it was written" in refusal(clinic_home, file)


def test_one_value_changed_and_a_new_list_signed_by_a_stranger(clinic_home, whole, tmp_path):
    changed = resigned(other_value(parts_of(whole), tmp_path, RENAMED), STRANGER)
    said = refusal(clinic_home, written(tmp_path / "b.tar", changed))
    assert "which this machine does not know. Compare it" in said


def test_one_value_changed_and_a_new_list_signed_with_the_clinic_s_own_key(
    clinic_home, whole, tmp_path
):
    """The audit in it names the row: no signature can make that whole."""
    changed = other_value(parts_of(whole), tmp_path, RENAMED)
    file = written(tmp_path / "b.tar", resigned(changed, own_key(clinic_home)))
    before = everything(clinic_home, keys_of(clinic_home))
    done = mooring(clinic_home, "restore", file, "--replace")
    assert done.returncode == 1
    assert "Its audit does not hold" in done.stderr
    assert "clinic" in done.stderr
    assert everything(clinic_home, keys_of(clinic_home)) == before


def test_a_backup_of_a_newer_version(clinic_home, whole, tmp_path):
    newer = resigned(parts_of(whole), own_key(clinic_home), mooring="99.1.0")
    said = refusal(clinic_home, written(tmp_path / "b.tar", newer))
    assert "It was written by Mooring 99.1.0" in said


def test_a_backup_of_a_format_to_come(clinic_home, whole, tmp_path):
    newer = resigned(parts_of(whole), own_key(clinic_home), format="mooring-backup/9")
    said = refusal(clinic_home, written(tmp_path / "b.tar", newer))
    assert "of the format mooring-backup/9" in said


def test_a_database_with_tables_of_a_newer_version(clinic_home, whole, tmp_path):
    tomorrow = (
        "INSERT INTO django_migrations (app, name, applied)"
        " VALUES ('people', '9999_of_tomorrow', '2027-01-01')"
    )
    changed = other_value(parts_of(whole), tmp_path, tomorrow)
    file = written(tmp_path / "b.tar", resigned(changed, own_key(clinic_home)))
    assert "A newer Mooring has written this clinic" in refusal(clinic_home, file)


def test_a_database_of_something_else(clinic_home, whole, tmp_path):
    other = tmp_path / "music.sqlite3"
    line = sqlite3.connect(other)
    line.execute("CREATE TABLE album (title TEXT)")
    line.close()
    parts = {**parts_of(whole), "mooring.sqlite3": other.read_bytes()}
    file = written(tmp_path / "b.tar", resigned(parts, own_key(clinic_home)))
    assert "The database in it is no clinic of Mooring." in refusal(clinic_home, file)


def test_a_file_that_is_no_database(clinic_home, whole, tmp_path):
    parts = {**parts_of(whole), "mooring.sqlite3": b"Dear clinic, " * 4000}
    file = written(tmp_path / "b.tar", resigned(parts, own_key(clinic_home)))
    assert "is not a database" in refusal(clinic_home, file)


def test_a_refused_backup_leaves_no_folder_on_a_new_machine(whole, tmp_path):
    file = tmp_path / "cut.tar"
    file.write_bytes(whole.read_bytes()[:9000])
    assert mooring(tmp_path / "new" / "home", "restore", file).returncode == 1
    assert not (tmp_path / "new" / "home").exists()
    assert not keys_of(tmp_path / "new" / "home").exists()
