"""A disk whose power can be cut: a copy of its image at one instant is what a cut leaves behind.

An ext4 file system lies in an image on btrfs. `cp --reflink` copies that image at one instant while
programs go on writing; what they had not asked the disk to keep is not in it. It needs root, loop
devices and mkfs.btrfs.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DISK_MB, OUTER_MB = 384, 1536
CAP_SYS_ADMIN = 21


def possible() -> bool:
    """True where such a disk can be made."""
    return (
        may_mount()
        and shutil.which("mkfs.btrfs") is not None
        and Path("/dev/loop-control").exists()
    )


def may_mount() -> bool:
    """True with the right to mount, which root of a container often has not."""
    status = Path("/proc/self/status").read_text()
    rights = int(status.partition("CapEff:")[2].split()[0], 16)
    return bool(rights >> CAP_SYS_ADMIN & 1)


def run(*words: object) -> None:
    """Run a system command; AssertionError with what it said when it failed."""
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{words}: {done.stderr}"


@contextmanager
def mounted(image: Path, folder: Path) -> Iterator[Path]:
    """An image as a folder."""
    folder.mkdir(exist_ok=True)
    run("mount", "-o", "loop", image, folder)
    try:
        yield folder
    finally:
        run("umount", folder)


class Disk:
    """The disk a program writes to."""

    def __init__(self, folder: Path, outer: Path, image: Path) -> None:
        self.folder, self._outer, self._image = folder, outer, image

    @contextmanager
    def after_a_cut(self) -> Iterator[Path]:
        """What stands on the disk when its power goes off now."""
        left = self._outer / "cut.img"
        run("cp", "--reflink=always", self._image, left)
        try:
            with mounted(left, self._outer / "cut") as folder:
                yield folder
        finally:
            left.unlink()


@contextmanager
def disk() -> Iterator[Disk]:
    """A new disk; it is gone afterwards. Every user may look into it: PostgreSQL is never root."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        with made_in(Path(folder)) as made:
            yield made


@contextmanager
def made_in(place: Path) -> Iterator[Disk]:
    """The same in a folder."""
    image = place / "outer.img"
    run("truncate", "-s", f"{OUTER_MB}M", image)
    run("mkfs.btrfs", "-q", "-f", image)
    with mounted(image, place / "outer") as outer:
        inner = outer / "disk.img"
        run("truncate", "-s", f"{DISK_MB}M", inner)
        run("mkfs.ext4", "-q", inner)
        with mounted(inner, outer / "disk") as folder:
            yield Disk(folder, outer, inner)
