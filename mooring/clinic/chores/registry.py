"""Which chores there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Chore:
    """Work that is done again and again while the clinic is served."""

    name: str
    every: timedelta
    """From one beginning to the next. The first is when the server starts, and later only once
    this much has passed since the last one, whichever server did that."""
    do: Callable[[datetime], str | None]
    """Called with the time it began; what it did as a sentence, or None when there was nothing to
    do, which is then no run that succeeded."""


_chores: dict[str, Chore] = {}


def register(chore: Chore) -> None:
    """Have a chore done. One of the same name takes the place of the earlier one."""
    _chores[chore.name] = chore


def registered() -> list[Chore]:
    """Every chore, in the order of their registration."""
    return list(_chores.values())
