"""Writes a site to a folder, and replaces only what it wrote itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

LIST = "built-by-mooring.txt"
"""Names every file of the site; a folder that has it was built here."""


class OccupiedError(Exception):
    """The folder holds something else; the message says what to do."""


def require_free(folder: Path, replace: bool) -> None:
    """Raise OccupiedError unless the site may be written there."""
    if folder.exists() and not folder.is_dir():
        raise OccupiedError(f"{folder} is a file. Name a folder for the site.")
    if not folder.exists() or not any(folder.iterdir()):
        return
    if not (folder / LIST).is_file():
        raise OccupiedError(f"{folder} is not empty. Name an empty folder, or a new one.")
    if not replace:
        raise OccupiedError(f"{folder} holds a handbook built before. To replace it: --replace")


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files, and take away those of the site before; other files there stay."""
    remove_last(folder)
    listed = sorted([*files, LIST])
    for name, text in {**files, LIST: "".join(f"{name}\n" for name in listed)}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        # Pages are for everyone to read, whatever the user who built them keeps private.
        path.chmod(0o644)
    for place in {folder, *((folder / name).parent for name in files)}:
        place.chmod(0o755)


def remove_last(folder: Path) -> None:
    """Take away the files that the list names, and no others."""
    known = folder / LIST
    if not known.is_file():
        return
    inside = folder.resolve()
    for name in known.read_text(encoding="utf-8").splitlines():
        path = (inside / name).resolve()
        if path.is_relative_to(inside) and path.is_file():
            path.unlink()
