"""Wakes the live pages of this process when something they show has changed.

A hint carries a topic and no data: the page fetches its part again, and the row is the truth. So a
hint may come twice or be lost without harm. Within the process hints travel by themselves; on
PostgreSQL every process also hears the others through NOTIFY, and on SQLite a watch on the file
notices them (`listening.py`, `watching.py`).
"""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import connection, transaction

CHANNEL = "mooring"
ATTENTION = "attention"
"""Which rooms call may have changed. Locked screens follow it: it names no session."""


@dataclass(eq=False)
class Follower:
    """One open stream; `woken` is set when its topic changed since it last looked."""

    loop: asyncio.AbstractEventLoop
    woken: asyncio.Event = field(default_factory=asyncio.Event)

    def wake(self) -> None:
        """Wake the stream from any thread; one that has ended meanwhile is left in peace."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.woken.set)


_followers: defaultdict[str, set[Follower]] = defaultdict(set)
_guard = threading.Lock()
_given = 0


@contextmanager
def following(topic: str) -> Iterator[Follower]:
    """Follow a topic from within a running event loop."""
    follower = Follower(asyncio.get_running_loop())
    with _guard:
        _followers[topic].add(follower)
    try:
        yield follower
    finally:
        with _guard:
            _followers[topic].discard(follower)
            if not _followers[topic]:
                del _followers[topic]


def hint(topic: str) -> None:
    """Wake whoever follows the topic in this process."""
    global _given
    with _guard:
        _given += 1
        found = list(_followers.get(topic, ()))
    for follower in found:
        follower.wake()


def hints_given() -> int:
    """How many hints this process gave so far."""
    return _given


def open_streams() -> int:
    """How many streams this process serves now."""
    with _guard:
        return sum(len(followers) for followers in _followers.values())


def hint_all() -> None:
    """Wake every stream of this process, to read again what it may have missed."""
    with _guard:
        topics = list(_followers)
    for topic in topics:
        hint(topic)


def notify(topic: str) -> None:
    """Say that a topic changes with the transaction under way; nobody hears before the commit."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, topic])
    transaction.on_commit(lambda: hint(topic))
