"""How much room the disk of the data folder has left, and when that has to be said."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass

from mooring.clinic import home

LEAST_SHARE = 0.10
"""Of the whole disk: below it every page of staff says so (the program's choice)."""
LOOK_EVERY = 30.0
"""Seconds."""


@dataclass(frozen=True)
class Room:
    """What a disk has left."""

    free: int
    """Bytes."""
    whole: int
    """Bytes."""

    @property
    def short(self) -> bool:
        """True below a tenth of the disk."""
        return self.free < LEAST_SHARE * self.whole

    @property
    def words(self) -> str:
        """For example "1.9 GB free, 7 % of the disk"."""
        return f"{self.free / 1024**3:.1f} GB free, {self.free * 100 // self.whole} % of the disk"


def left() -> Room | None:
    """The room where the clinic's data lie; None where the system does not say."""
    try:
        found = shutil.disk_usage(home.home())
    except OSError:
        return None
    return Room(found.free, found.total) if found.total else None


class _Seen:
    """What was last seen: not every page asks the system."""

    def __init__(self) -> None:
        self.at = float("-inf")
        self.room: Room | None = None


_seen = _Seen()


def shortage() -> Room | None:
    """The room that is left where it is too little; None where there is enough, or nobody knows."""
    if time.monotonic() - _seen.at > LOOK_EVERY:
        _seen.at, _seen.room = time.monotonic(), left()
    return _seen.room if _seen.room is not None and _seen.room.short else None
