"""Keys lie outside what they protect, and one that is lost is missed, not made anew."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import environment, keys_of, mooring, running

KEYS = {"web.key", "audit.key", "checkpoint.key"}
"""What the small clinic's actions have needed."""


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.key")}


@pytest.fixture
def earlier(clinic_home: Path) -> Path:
    """The clinic as an earlier version kept it: its keys inside the data folder."""
    shutil.move(keys_of(clinic_home), clinic_home / "keys")
    (clinic_home / "keys.made").unlink()
    return clinic_home


def test_the_keys_lie_beside_the_data_folder_for_their_owner_only(clinic_home):
    folder = keys_of(clinic_home)
    assert set(content(folder)) == KEYS
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert not list(clinic_home.rglob("*.key"))


def test_mooring_keys_names_another_folder(clinic_home, tmp_path):
    elsewhere = Path(shutil.move(keys_of(clinic_home), tmp_path / "usb"))
    done = mooring(clinic_home, "verify", MOORING_KEYS=str(elsewhere))
    assert done.stdout.startswith("All 6 rows are whole"), done.stderr
    assert not keys_of(clinic_home).exists()


@pytest.mark.parametrize("words", [("verify",), ("doctor",), ("backup", "{}/b.tar")])
def test_a_command_that_only_reads_leaves_keys_where_they_are(earlier, tmp_path, words):
    done = mooring(earlier, *(word.format(tmp_path) for word in words))
    assert "rows are whole" in done.stdout or words == ("doctor",), done.stderr
    assert set(content(earlier / "keys")) == KEYS
    assert not keys_of(earlier).exists()


def test_migrate_moves_them_and_says_so_once(earlier):
    before = content(earlier / "keys")
    done = mooring(earlier, "migrate")
    assert done.stdout.count(f"The keys are now in {keys_of(earlier)}, outside") == 1, done.stderr
    assert content(keys_of(earlier)) == before
    assert keys_of(earlier).stat().st_mode & 0o777 == 0o700
    assert not (earlier / "keys").exists()
    assert mooring(earlier, "verify").stdout.startswith("All 6 rows are whole")
    assert "The keys are now" not in mooring(earlier, "migrate").stdout


def test_serve_moves_them_too(earlier):
    before = content(earlier / "keys")
    with running(earlier):
        assert content(keys_of(earlier)) == before
        assert not (earlier / "keys").exists()


DIES = """
import os, sys
left = int(sys.argv[1])
def hook(event, args):
    global left
    if event in ("os.mkdir", "os.link", "os.remove", "os.rename", "os.rmdir"):
        left -= 1
        if left < 0:
            os._exit(9)
sys.addaudithook(hook)
from mooring.cli.moving_keys import move_keys
move_keys()
"""


def test_a_power_cut_at_any_step_of_the_move_loses_no_key(earlier, tmp_path):
    """The process ends before its n-th change of the disk, for every n until it gets through."""
    before = content(earlier / "keys")
    for step in range(100):
        home = tmp_path / f"cut-{step}"
        shutil.copytree(earlier, home)
        done = subprocess.run(
            [sys.executable, "-c", DIES, str(step)], env=environment(home), check=False
        )
        inside, outside = content(home / "keys"), content(keys_of(home))
        assert {**inside, **outside} == before, f"cut before change {step}"
        again = [sys.executable, "-c", DIES, "100"]
        subprocess.run(again, env=environment(home), check=True, capture_output=True)
        assert content(keys_of(home)) == before
        assert not (home / "keys").exists()
        if done.returncode == 0:
            break
    assert step > 3 * len(before), "too few steps were cut to tell anything"


def test_another_key_of_the_same_name_is_never_written_over(earlier):
    keys_of(earlier).mkdir()
    (keys_of(earlier) / "audit.key").write_bytes(b"another clinic's")
    before = content(earlier / "keys")
    done = mooring(earlier, "migrate")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "There are two different keys called audit.key" in done.stderr
    assert content(earlier / "keys") == before
    assert content(keys_of(earlier)) == {"audit.key": b"another clinic's"}


def test_where_no_folder_can_be_made_outside_the_clinic_works_on_and_says_so(earlier):
    done = mooring(earlier, "migrate", MOORING_KEYS="/sys/mooring-keys")
    assert done.returncode == 0, done.stderr
    assert "The keys still lie inside the data folder, because /sys/mooring-keys" in done.stderr
    assert set(content(earlier / "keys")) == KEYS


def test_a_new_clinic_whose_keys_can_lie_nowhere_is_not_begun(tmp_path):
    done = mooring(tmp_path / "home", "migrate", MOORING_KEYS="/sys/mooring-keys")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "or name another folder for the keys with MOORING_KEYS." in done.stderr
    assert not (tmp_path / "home" / "mooring.sqlite3").exists()


def test_a_lost_key_is_missed_and_not_made_anew(clinic_home):
    (keys_of(clinic_home) / "audit.key").unlink()
    done = mooring(clinic_home, "verify")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert f"The key audit.key of this clinic is not in {keys_of(clinic_home)}." in done.stderr
    assert not (keys_of(clinic_home) / "audit.key").exists()


def test_the_wrong_folder_of_keys_is_named_and_nothing_is_made_there(clinic_home, tmp_path):
    done = mooring(clinic_home, "serve", "--port", 0, MOORING_KEYS=str(tmp_path / "mistyped"))
    assert (done.returncode, done.stderr.count("\n")) == (1, 1), done.stderr
    assert "Is MOORING_KEYS right, and its disk there?" in done.stderr
    assert not (tmp_path / "mistyped").exists()


def test_doctor_remarks_that_keys_share_a_disk_with_the_data(clinic_home):
    done = mooring(clinic_home, "doctor")
    assert f"ok   Keys: in {keys_of(clinic_home)}, outside the data folder, but" in done.stdout


def test_doctor_says_when_keys_lie_inside_the_data_folder(earlier):
    done = mooring(earlier, "doctor")
    assert done.returncode == 1
    assert "do   Keys: they lie inside the data folder" in done.stdout
    inside = earlier / "elsewhere"
    done = mooring(earlier, "doctor", MOORING_KEYS=str(inside))
    assert f"do   Keys: {inside} is inside the data folder: set MOORING_KEYS" in done.stdout


def test_doctor_says_when_others_may_read_the_keys(clinic_home):
    keys_of(clinic_home).chmod(0o755)
    done = mooring(clinic_home, "doctor")
    assert f"do   Rights: others may read {keys_of(clinic_home)}: chmod 700" in done.stdout
