"""Watches the wall clock against one that only ever runs on, while requests are served."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

log = logging.getLogger(__name__)

SMALLEST = timedelta(seconds=2)
"""Less is how a clock is kept right, and moves no rule."""


class Watch:
    """What two clocks said last, and how far they have come apart since."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last: tuple[datetime, float] | None = None

    def look(self, wall: datetime, running: float) -> tuple[datetime, datetime] | None:
        """What the wall clock would say without a step, and what it says; None without one.

        `running` are the seconds of a clock that nobody sets and that counts sleep too.
        """
        with self._lock:
            last, self._last = self._last, (wall, running)
        if last is None:
            return None
        due = last[0] + timedelta(seconds=running - last[1])
        if abs(wall - due) <= SMALLEST:
            # Slow correction is followed, not summed up.
            return None
        return due, wall


def running() -> float:
    """Seconds since the machine started, its sleep included."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


_watch = Watch()


class ClockMiddleware:
    """Looks before each request, so that no entry is stored before a step was noticed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note a step, then serve."""
        # Read one after the other without a pause between: what lies between counts as a step.
        step = _watch.look(datetime.now(UTC), running())
        if step is not None:
            noted(*step)
        return self.get_response(request)


def noted(before: datetime, after: datetime) -> None:
    """Log a step and keep it. A database that is away must not stop the request."""
    from mooring.clinic.clock.steps import note_step

    log.warning("The clock of this machine stepped from %s to %s.", before, after)
    try:
        note_step(before, after)
    except DatabaseError:
        log.exception("The step could not be kept.")
