"""The server's clock, which a test can put forward: nobody waits a day for a scale."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone


class Clock:
    """Runs on by itself, as many hours ahead of this machine's clock as the test has put it."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def now(self) -> datetime:
        """What the clinic's clock shows."""
        return timezone.now()

    def pass_by(self, **time: float) -> None:
        """Let time pass: pass_by(minutes=10)."""
        self.ahead += timedelta(**time)

    def next_morning(self, hour: int, zone: str) -> None:
        """Put it to the next full hour of this name, so that no test runs into midnight."""
        here = self.now().astimezone(ZoneInfo(zone))
        morning = here.replace(hour=hour, minute=0, second=0, microsecond=0)
        self.ahead += morning - here + timedelta(days=1 if morning <= here else 0)


def zone_at_midday(now: datetime) -> str:
    """A zone where it is between 12 and 13 o'clock: a test of "today" never runs into midnight."""
    return f"Etc/GMT{now.astimezone(UTC).hour - 12:+d}"


def midday_in_the_clinic() -> None:
    """Move the clinic to where it is midday now: a session of "now" stays on one of its days."""
    from mooring.clinic.accounts.clinic import forget
    from mooring.clinic.accounts.models import Clinic

    Clinic.objects.update(time_zone=zone_at_midday(timezone.now()))
    forget()


@contextmanager
def movable() -> Iterator[Clock]:
    """Everything that asks Django for the time hears this clock while the block runs.

    Idle locks and sign-ins count by the machine's own clock and stay as they are.
    """
    clock, real = Clock(), timezone.datetime

    class Told(real, metaclass=_EveryDatetime):  # type: ignore[misc, valid-type]
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return real.now(tz) + clock.ahead

    timezone.datetime = Told
    try:
        yield clock
    finally:
        timezone.datetime = real


class _EveryDatetime(type):
    """Django also asks whether values are datetimes; all of them still are."""

    def __instancecheck__(cls, value: Any) -> bool:
        return isinstance(value, datetime)
