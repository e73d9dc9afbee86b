"""The vial or the device that was last checked against the order that day."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.courses.models import Order
from mooring.clinic.holds import Hold
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.vials.models import Verdict, VialCheck
from mooring.clinic.vials.reading import newest_read, stop_words, vial_checks
from mooring.core.drugs.nasal import NasalDeviceOrder
from mooring.core.session.entries import DoseGiven, Entry, InfusionStart

NOT_CHECKED = "Nothing was scanned today, and this clinic asks for it: check the vial."
UNKNOWN = (
    "The code that was scanned is not known here: scan another, or read the label with somebody."
)
UNREAD = "What was scanned was not read as a code: scan it again, or read the label with somebody."
BY_THEN = timedelta(minutes=2)
"""So far the clock of a device may be behind the server's, which notes the check."""
OPENED_BY_ANOTHER = ("vial.unknown", "vial.unread", "vial.not_checked")
"""A code that says nothing: two people read the label instead. A wrong vial nobody opens."""


def holds(order: Order, moment: datetime, session: TreatmentSession | None = None) -> list[Hold]:
    """What the newest check says against giving. A code that says nothing is no pass.

    A check of after `moment` may speak against it, and never for it. `session` is the one in which
    it is given, where it has begun.
    """
    newest = _newest(order, moment, session)
    if newest is None or (newest.verdict == Verdict.AGREES and not _by_then(newest, moment)):
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
    """True while nothing was scanned that day for a session that has not begun."""
    return _newest(order, moment) is None


def words(session: TreatmentSession, given: Entry) -> str | None:
    """What an entry that gives drug keeps of the check; None for one that is no dose."""
    if not isinstance(given.content, InfusionStart | DoseGiven):
        return None
    newest = _newest(session.order, given.effective_at, session, given.effective_at + BY_THEN)
    if newest is None:
        return "not checked"
    lot = f", lot {newest.lot}" if newest.lot else ""
    return f"checked, {newest.get_verdict_display()}{lot}"


def _by_then(check: VialCheck, moment: datetime) -> bool:
    return check.checked_at <= moment + BY_THEN


def _newest(
    order: Order,
    moment: datetime,
    session: TreatmentSession | None = None,
    until: datetime | None = None,
) -> VialCheck | None:
    """The newest check of that day for this session: none from before an earlier one began."""
    zone = ZoneInfo(the_clinic().time_zone)
    since = moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    began = order.sessions.filter(started_at__range=(since, moment))
    if session is not None:
        began = began.exclude(pk=session.pk)
    since = began.aggregate(last=Max("started_at"))["last"] or since
    if session is not None and isinstance(order.as_written, NasalDeviceOrder):
        return _of_this_device(session, since, moment, until)
    return newest_read(order, since, until)


def _of_this_device(
    session: TreatmentSession, since: datetime, moment: datetime, until: datetime | None
) -> VialCheck | None:
    """Each device is one of its own: the check of the one before says nothing of the next.

    Who checks all of them beforehand has one that agrees for each.
    """
    order = session.order
    given = session.entries.filter(kind="dose_given", effective_at__range=(since, moment))
    before = [row.effective_at for row in given if row.effective_at < moment]
    if not before:
        return newest_read(order, since, until)
    fresh = newest_read(order, max(before), until)
    if fresh is not None:
        return fresh
    agreeing = [c for c in vial_checks(order, since, until) if c.verdict == Verdict.AGREES]
    devices = {check.serial or str(check.pk) for check in agreeing}
    return agreeing[0] if len(devices) > len(before) else None
