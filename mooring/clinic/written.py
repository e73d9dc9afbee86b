"""Which rows an action wrote: each saved, changed or deleted row tells the action that runs.

Rows announce themselves here, so that no action has to list what it writes and none can forget.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

Key = tuple[str, UUID]
"""The model's label and the row's key."""
DELETED = ""
"""Stands for the digest of a row that an action deleted."""


class _Running(threading.local):
    def __init__(self) -> None:
        self.actions: list[dict[Key, str]] = []


_running = _Running()


@contextmanager
def collecting() -> Iterator[dict[Key, str]]:
    """The digests of what is written within; an action within an action has its own."""
    found: dict[Key, str] = {}
    _running.actions.append(found)
    try:
        yield found
    finally:
        _running.actions.pop()


def note(label: str, key: UUID, digest: str) -> None:
    """Tell the action that runs what now stands in a row. Outside of one nobody listens."""
    if _running.actions:
        _running.actions[-1][label, key] = digest


def listening() -> bool:
    """True within an action."""
    return bool(_running.actions)
