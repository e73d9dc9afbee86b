"""Plays many stories in the order of their moments.

A story is a generator: it yields the moment at which it wants to go on, and what it then does,
up to its next yield, happens at that moment. So the demonstration's actions run in the order in
which a real clinic would have done them, and the audit reads like a year.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

Story = Iterator[datetime]


def play(
    stories: Iterable[Story], until: datetime, progress: Callable[[datetime], None] | None = None
) -> None:
    """Run all stories up to `until`; what a story wants later than that does not happen."""
    waiting: list[tuple[datetime, int, Story]] = []
    for place, story in enumerate(stories):
        wake(waiting, place, story)
    while waiting and waiting[0][0] <= until:
        moment, place, story = heapq.heappop(waiting)
        if progress is not None:
            progress(moment)
        wake(waiting, place, story)


def wake(waiting: list[tuple[datetime, int, Story]], place: int, story: Story) -> None:
    """Let a story do what it does now, and queue it for the moment it names next."""
    moment = next(story, None)
    if moment is not None:
        heapq.heappush(waiting, (moment, place, story))
