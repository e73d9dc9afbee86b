"""A folder packed into one file, encrypted on its way, and unpacked again.

What goes to the file is encrypted as it is written: no clear copy ever stands beside it, which may
be on a stick or in a network folder.
"""

from __future__ import annotations

import os
import re
import shutil
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyrage

from mooring.clinic import home
from mooring.clinic.backups.manifest import AT_ONCE, MANIFEST, PARTS, SIGNATURE, UnsoundError

AGE = b"age-encryption.org/"
"""How an encrypted file begins."""
DAMAGED = "It was changed or cut after it was written: it cannot be decrypted to its end."
NOT_OURS = "It is not a backup that `mooring backup` wrote. Choose another file."


def pack(folder: Path, target: Path, recipients: list[str]) -> None:
    """Put the folder into one file that is on the disk when this returns, or is not there."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    with on_disk_of(target):
        try:
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                if recipients:
                    encrypt(folder, file, recipients)
                else:
                    write_tar(folder, file)
                file.flush()
                os.fsync(file.fileno())
            unfinished.rename(target)
            home.sync_folder(target.parent)
        finally:
            unfinished.unlink(missing_ok=True)


def encrypt(folder: Path, file: IO[bytes], recipients: list[str]) -> None:
    """Write the folder as a tar that age encrypts while it is made."""
    reading, writing = os.pipe()
    failed: list[BaseException] = []

    def feed() -> None:
        try:
            with os.fdopen(writing, "wb") as end:
                write_tar(folder, end)
        except BaseException as problem:
            failed.append(problem)

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    try:
        with os.fdopen(reading, "rb") as end:
            to = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
            pyrage.encrypt_io(end, file, to)
    except pyrage.EncryptError as problem:
        raise what_the_disk_said(problem) from problem
    finally:
        feeder.join()
    if failed:
        raise failed[0]


def what_the_disk_said(problem: Exception) -> Exception:
    """age tells of a full disk in words only."""
    number = re.search(r"\[Errno (\d+)\]", str(problem))
    return OSError(int(number.group(1)), os.strerror(int(number.group(1)))) if number else problem


def write_tar(folder: Path, file: IO[bytes]) -> None:
    """Write the folder as a tar, its manifest first."""
    parts = sorted(path for path in folder.rglob("*") if path.is_file())
    first = [folder / name for name in (MANIFEST, SIGNATURE) if (folder / name).exists()]
    with tarfile.open(fileobj=file, mode="w|") as tar:
        for part in [*first, *(path for path in parts if path not in first)]:
            tar.add(part, part.relative_to(folder).as_posix())


def is_encrypted(file: Path) -> bool:
    """Whether a file is one that age wrote."""
    with file.open("rb") as opened:
        return opened.read(len(AGE)) == AGE


def decrypt(file: Path, identity: pyrage.x25519.Identity, target: Path) -> None:
    """Decrypt a backup into a tar. UnsoundError when it was changed, cut, or is for another key."""
    with on_disk_of(target), file.open("rb") as encrypted, target.open("wb") as clear:
        try:
            pyrage.decrypt_io(encrypted, clear, [identity])
        except pyrage.DecryptError as problem:
            if "matching keys" not in str(problem):
                raise UnsoundError(DAMAGED) from problem
            raise UnsoundError(
                "This recovery key does not open it. Either it was encrypted to another one (look "
                "for the sheet that was valid when it was written), or its beginning was changed."
            ) from problem
        except OSError as problem:
            if problem.errno is None:
                raise UnsoundError(DAMAGED) from problem
            raise


def unpack(tar_file: Path, folder: Path) -> None:
    """Unpack a backup's tar. UnsoundError for anything that no backup holds."""
    if tar_file.stat().st_size == 0:
        raise UnsoundError("It is empty: nothing was ever written into it.")
    try:
        with tarfile.open(tar_file, "r:") as tar:
            for member in tar:
                if not (member.isdir() and member.name == "keys"):
                    unpack_one(tar, member, folder)
    except (tarfile.TarError, EOFError) as problem:
        cut = "end of data" in str(problem) or isinstance(problem, EOFError)
        words = "It is cut short: its end is missing." if cut else NOT_OURS
        raise UnsoundError(words) from problem


def unpack_one(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """Write one part where its name says, which is never outside the folder."""
    if not (PARTS.fullmatch(member.name) or member.name in (MANIFEST, SIGNATURE)):
        raise UnsoundError(f"It holds a part that no backup has: {member.name!r}. {NOT_OURS}")
    if not member.isfile():
        raise UnsoundError(f"Its part {member.name} is a link and no file. {NOT_OURS}")
    target = folder / member.name
    if target.exists():
        raise UnsoundError(f"It holds the part {member.name} twice. {NOT_OURS}")
    home.make_folder(target.parent)
    content = tar.extractfile(member)
    assert content is not None  # noqa: S101 - a file has content
    with on_disk_of(target), target.open("wb") as file:
        shutil.copyfileobj(content, file, AT_ONCE)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def on_disk_of(path: Path) -> Iterator[None]:
    """Name the file with what the system says of it: a full disk does not say which disk it is."""
    try:
        yield
    except OSError as problem:
        if problem.filename is None and problem.errno is not None:
            raise OSError(problem.errno, os.strerror(problem.errno), str(path)) from problem
        raise
