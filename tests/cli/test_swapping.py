"""A restore takes the clinic's place whole or not at all, wherever it is cut off."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from mooring.cli.ground import undo_interrupted_restore
from mooring.cli.restoring import replace_folders
from mooring.clinic import home as folders
from tests.support.backups import everything
from tests.support.command import keys_of

CHANGES = ("os.mkdir", "os.link", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree")
NEVER = 999


def restore() -> None:
    replace_folders(folders.home() / "incoming", "20260302T120000Z")


def in_a_process(home: Path, what: object, step: int = NEVER, fault: int | None = None) -> int:
    """Do it in a process of its own, which at its n-th change of the disk is killed, or is refused
    with an error number. Gives how many changes it made; -1 when it did not get to its end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.environ["MOORING_HOME"] = str(home)
            os.environ.pop("DATABASE_URL", None)
            counted = with_fault(step, fault)
            what()
            os.write(writing, str(counted()).encode())
        finally:
            os._exit(9)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading) as said:
        return int(said.read() or -1)


def with_fault(step: int, fault: int | None):
    """From now on the n-th change of the disk in this process fails."""
    seen = 0

    def hook(event: str, args: object) -> None:
        nonlocal seen
        if event not in CHANGES:
            return
        seen += 1
        if seen == step + 1 and fault is None:
            os._exit(9)
        if seen == step + 1:
            raise OSError(fault, os.strerror(fault))

    sys.addaudithook(hook)
    return lambda: seen


def copied(two: Path, place: Path) -> Path:
    shutil.copytree(two.parent, place)
    return place / "home"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A clinic, and another one unpacked beside it that is to take its place."""
    home = tmp_path / "two" / "home"
    for folder, clinic in ((home, "old"), (home / "incoming" / "data", "new")):
        folder.mkdir(parents=True)
        for name in ("mooring.sqlite3", "checkpoints.jsonl", "keys.made"):
            (folder / name).write_text(f"{clinic} {name}")
    for folder, clinic in ((keys_of(home), "old"), (home / "incoming" / "keys", "new")):
        folder.mkdir()
        for name in ("audit.key", "web.key"):
            (folder / name).write_text(f"{clinic} {name}")
    return home


def standing(home: Path) -> set[str]:
    """Which clinic stands: each part of data and keys says so itself."""
    data, keys = ("mooring.sqlite3", "checkpoints.jsonl", "keys.made"), ("audit.key", "web.key")
    parts = [home / name for name in data] + [keys_of(home) / name for name in keys]
    return {part.read_text().split()[0] for part in parts}


# 5: Input/output error, 28: No space left on device, 30: Read-only file system.
@pytest.mark.parametrize("fault", [None, 5, 28, 30])
def test_a_fault_at_any_step_leaves_the_old_clinic_whole(two, tmp_path, fault):
    """Each change of the disk fails in turn; after the next command one clinic stands whole."""
    whole = copied(two, tmp_path / "whole")
    steps = in_a_process(whole, restore)
    assert standing(whole) == {"new"}
    aside = everything(whole / "replaced-20260302T120000Z")
    assert {content.split()[0] for content in aside.values()} == {b"old"}
    assert steps > 15, "too few steps failed to tell anything"
    for step in range(steps):
        home = copied(two, tmp_path / f"cut-{step}")
        in_a_process(home, restore, step, fault)
        assert in_a_process(home, undo_interrupted_restore) >= 0
        stands = standing(home)
        assert stands == {"old"} or (stands == {"new"} and not list(home.glob("*journal"))), step
        if stands == {"old"}:
            assert not list(home.glob("replaced-*")), f"step {step} left parts aside"


def test_a_put_back_that_is_cut_off_itself_is_finished_by_the_next_command(two, tmp_path):
    for step in range(100):
        home = copied(two, tmp_path / f"undo-{step}")
        in_a_process(home, restore, 18)
        assert (home / "restore.journal").exists()
        done = in_a_process(home, undo_interrupted_restore, step)
        assert in_a_process(home, undo_interrupted_restore) >= 0
        assert standing(home) == {"old"}
        if done >= 0:
            break
    assert step > 3
