"""Where the demonstration clinic lies: in a zone in which it is working hours when it is made.

Sessions run, are over and are due around that moment. Near midnight they would fall on two days of
the clinic, and a session is started on the day it is planned for.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

ZONES = (
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "Pacific/Honolulu",
    "Australia/Sydney",
    "Asia/Tokyo",
    "Asia/Kolkata",
)
"""London where it can be; together they are never all outside working hours."""
FIRST_HOUR, LAST_HOUR = 9, 16


def zone_at_work(now: datetime) -> str:
    """The first zone of the list in which it is from nine to four at `now`."""
    return next(zone for zone in ZONES if at_work(zone, now))


def at_work(zone: str, now: datetime) -> bool:
    """True between nine and four in that zone."""
    return FIRST_HOUR <= now.astimezone(ZoneInfo(zone)).hour < LAST_HOUR
