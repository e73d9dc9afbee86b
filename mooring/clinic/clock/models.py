"""Each time the server's clock was set while it served."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from mooring.clinic.rows import Row


class ClockStep(Row):
    """A step of the wall clock against the one that only ever runs on."""

    before = models.DateTimeField()
    """What the clock would have said without it."""
    after = models.DateTimeField()
    """What it said."""
    last_entries = models.JSONField(default=dict)
    """By session, the number of its newest entry by then: what was stored before and after."""

    class Meta:
        ordering = ["id"]

    @property
    def by(self) -> timedelta:
        """How far it stepped; positive is forward."""
        return self.after - self.before

    @property
    def in_words(self) -> str:
        """For example "+1 h" or "-1 h 30 min 5 s"."""
        seconds = round(self.by.total_seconds())
        left, parts = abs(seconds), []
        for size, unit in ((3600, "h"), (60, "min"), (1, "s")):
            whole, left = divmod(left, size)
            if whole:
                parts.append(f"{whole} {unit}")
        return f"{'-' if seconds < 0 else '+'}{' '.join(parts)}"
