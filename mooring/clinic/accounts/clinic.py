"""The one clinic row, read once a process, and the calendar of its time zone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from mooring.clinic.accounts.models import Clinic

_cached: Clinic | None = None

UNNAMED = Clinic(
    name="Unnamed clinic",
    time_zone="UTC",
    demonstration=False,
    crisis_text=(
        "If you might act on thoughts of harming yourself, call your local emergency number now."
    ),
    crisis_phone="",
    emergency_phone="",
    idle_minutes=10,
)
"""What is shown before a clinic has told its name: it promises nothing and gives no number."""


def the_clinic() -> Clinic:
    """The clinic; `UNNAMED` until there is one. Call `forget()` after a change."""
    global _cached
    if _cached is None:
        _cached = Clinic.objects.first()
    return _cached or UNNAMED


def known_clinic() -> Clinic:
    """The clinic as this process last read it, without asking the database; else `UNNAMED`."""
    return _cached or UNNAMED


def forget() -> None:
    """Read the clinic anew next time."""
    global _cached
    _cached = None


def clinic_day(moment: datetime) -> date:
    """The calendar day of a moment in the clinic's time zone."""
    return moment.astimezone(ZoneInfo(the_clinic().time_zone)).date()
