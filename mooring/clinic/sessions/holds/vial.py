"""The vial that was last checked against the order that day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.courses.models import Order
from mooring.clinic.holds import Hold
from mooring.clinic.vials.reading import standing_stop, stop_words


def holds(order: Order, moment: datetime) -> list[Hold]:
    """The stop of the newest check, where it has one."""
    zone = ZoneInfo(the_clinic().time_zone)
    midnight = moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    stop = standing_stop(order, since=midnight)
    return [] if stop is None else [Hold("vial", stop_words(stop))]
