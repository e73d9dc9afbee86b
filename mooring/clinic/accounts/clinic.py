"""The one clinic row, kept for a moment in each process, and the calendar of its time zone."""

from __future__ import annotations

import time
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import DatabaseError, transaction

from mooring.clinic.accounts.models import Clinic

KEPT_FOR = 2.0
"""Seconds after which a process reads the row anew: another one may have changed it."""

_cached: Clinic | None = None
_read_at = 0.0

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
    """The clinic; `UNNAMED` until there is one. Call `changed()` in the action that writes it."""
    global _cached, _read_at
    if _cached is None or time.monotonic() - _read_at > KEPT_FOR:
        try:
            _cached = Clinic.objects.first()
        except DatabaseError:
            if _cached is None:
                raise
        else:
            _read_at = time.monotonic()
    return _cached or UNNAMED


def known_clinic() -> Clinic:
    """The clinic as this process last read it, without asking the database; else `UNNAMED`."""
    return _cached or UNNAMED


def forget() -> None:
    """Read the clinic anew next time."""
    global _cached
    _cached = None


def changed() -> None:
    """The running transaction writes the row: forget it now, and again once others can read it."""
    forget()
    transaction.on_commit(forget)


def clinic_day(moment: datetime) -> date:
    """The calendar day of a moment in the clinic's time zone."""
    return moment.astimezone(ZoneInfo(the_clinic().time_zone)).date()
