"""The server makes copies by itself, tries them by itself, and says when it cannot."""

from __future__ import annotations

import time
from pathlib import Path

from tests.support.command import mooring, python, running

CHORES = """
from datetime import timedelta
from django.utils import timezone
from mooring.clinic.actions import command
from mooring.clinic.audit.verdict import verify_and_record
from mooring.clinic.backups.chores import ChoreError, make_copy, try_restore
from mooring.clinic.backups import schedule
now = timezone.now()
def copies():
    return schedule.copies(schedule.place())
"""


def test_a_served_clinic_has_a_copy_before_anybody_thinks_of_it(clinic_home, tmp_path):
    folder = tmp_path / "backups"
    with running(clinic_home, MOORING_BACKUPS=str(folder)):
        end = time.monotonic() + 60
        while not list(folder.glob("mooring-*-row6.tar")) and time.monotonic() < end:
            time.sleep(0.2)
    (copy,) = folder.glob("mooring-*-row6.tar")
    assert copy.stat().st_mode & 0o077 == 0
    assert mooring(clinic_home, "restore", "--test", copy).returncode == 0


def test_copies_are_made_only_of_what_is_new(clinic_home, tmp_path):
    said = python(
        clinic_home,
        CHORES
        + "print(make_copy(now)[-8:], make_copy(now + timedelta(minutes=5)))\n"
        + "verify_and_record(command('test'), now)\n"
        + "print(make_copy(now + timedelta(minutes=10))[-8:])\n",
        MOORING_BACKUPS=str(tmp_path / "backups"),
    ).splitlines()
    assert said == ["row6.tar None", "row7.tar"], "nothing was written in between"


def test_the_newest_copy_is_tried_without_the_sheet_and_a_damaged_one_is_told(
    clinic_home, tmp_path
):
    mooring(clinic_home, "recovery-sheet", tmp_path / "sheet.txt")
    said = python(
        clinic_home,
        CHORES
        + "make_copy(now)\n"
        + "print(try_restore(now))\n"
        + "newest = copies()[-1].file\n"
        + "content = bytearray(newest.read_bytes()); content[9000] ^= 1\n"
        + "newest.write_bytes(content)\n"
        + "try:\n    try_restore(now)\nexcept ChoreError as problem:\n    print(problem)\n",
        MOORING_BACKUPS=str(tmp_path / "backups"),
    ).splitlines()
    assert "tar.age can be restored: All 6 rows are whole" in said[0]
    assert "It was changed or cut after it was written" in said[1]


def test_a_place_that_takes_no_copy_is_named(clinic_home):
    said = python(
        clinic_home,
        CHORES + "try:\n    make_copy(now)\nexcept OSError as problem:\n    print(problem)\n",
        MOORING_BACKUPS="/sys/backups",
    )
    assert "/sys/backups" in said


def full_disk(path: Path, size: str) -> bool:
    """Mount a small disk; False where that is not allowed."""
    import subprocess

    path.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(path)]
    return subprocess.run(words, check=False, capture_output=True).returncode == 0


def test_the_disk_that_is_full_is_named_with_what_is_missing(clinic_home, tmp_path):
    import subprocess

    import pytest

    disk = tmp_path / "stick"
    if not full_disk(disk, "200k"):
        pytest.skip("may not mount a disk here")
    try:
        done = mooring(clinic_home, "backup", disk)
        assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
        assert f"The disk that holds {disk} has 0.2 MB free" in done.stderr
        assert "MB are missing. Free them" in done.stderr
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)
