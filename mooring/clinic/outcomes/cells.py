"""Counts small enough to point at a person are not shown."""

from __future__ import annotations

from collections.abc import Mapping

SMALLEST = 5
FEWER = f"fewer than {SMALLEST}"
HELD_BACK = "not shown"


def cell(count: int) -> str:
    """A count, or "fewer than 5"."""
    return str(count) if count >= SMALLEST else FEWER


def share(count: int, of: int) -> str:
    """For example "12 of 40 (30 %)"; neither the part nor the rest is shown when it is small."""
    if of < SMALLEST:
        return f"{FEWER} to count"
    if count < SMALLEST:
        return f"{FEWER} of {of}"
    if 0 < of - count < SMALLEST:
        return f"all but {FEWER} of {of}"
    return f"{count} of {of} ({round(100 * count / of)} %)"


def parts(counts: Mapping[str, int]) -> dict[str, str]:
    """Counts that add up to a known whole: a single small one could be had by taking away, so the
    next smallest is held back with it."""
    shown = {name: cell(count) for name, count in counts.items()}
    small = [name for name, count in counts.items() if count < SMALLEST]
    rest = sorted((count, name) for name, count in counts.items() if name not in small)
    if len(small) == 1 and rest:
        shown[rest[0][1]] = HELD_BACK
    return shown
