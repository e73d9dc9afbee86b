"""The vial or the device that was last checked against the order that day."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.courses.models import Order
from mooring.clinic.holds import Hold
from mooring.clinic.vials.models import Verdict, VialCheck
from mooring.clinic.vials.reading import newest_read, stop_words
from mooring.core.session.entries import DoseGiven, Entry, InfusionStart

NOT_CHECKED = "Nothing was scanned today, and this clinic asks for it: check the vial."
UNKNOWN = (
    "The code that was scanned is not known here: scan another, or read the label with somebody."
)
UNREAD = "What was scanned was not read as a code: scan it again, or read the label with somebody."
OPENED_BY_ANOTHER = ("vial.unknown", "vial.unread", "vial.not_checked")
"""A code that says nothing: two people read the label instead. A wrong vial nobody opens."""


def holds(order: Order, moment: datetime) -> list[Hold]:
    """What the newest check says against giving. A code that says nothing is no pass."""
    newest = _newest(order, moment)
    if newest is None:
        asked = the_clinic().vial_check_required
        return [Hold("vial.not_checked", NOT_CHECKED)] if asked else []
    match newest.verdict:
        case Verdict.AGREES:
            return []
        case Verdict.UNKNOWN:
            return [Hold("vial.unknown", UNKNOWN)]
        case Verdict.UNREAD:
            return [Hold("vial.unread", UNREAD)]
    return [Hold("vial", stop_words(newest))]


def not_checked(order: Order, moment: datetime) -> bool:
    """True while nothing was scanned for this order that day."""
    return _newest(order, moment) is None


def words(order: Order, given: Entry) -> str | None:
    """What an entry that gives drug keeps of the check; None for one that is no dose."""
    if not isinstance(given.content, InfusionStart | DoseGiven):
        return None
    newest = _newest(order, given.effective_at)
    if newest is None:
        return "not checked"
    lot = f", lot {newest.lot}" if newest.lot else ""
    return f"checked, {newest.get_verdict_display()}{lot}"


def _newest(order: Order, moment: datetime) -> VialCheck | None:
    zone = ZoneInfo(the_clinic().time_zone)
    midnight = moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return newest_read(order, midnight)
