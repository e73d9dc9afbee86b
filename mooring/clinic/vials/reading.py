"""What was checked under an order, and what of it still stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.courses import orders
from mooring.clinic.courses.models import Order
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.vials.models import Verdict, VialCheck
from mooring.core.drugs.products import products
from mooring.core.words import day

STOPS = (Verdict.DIFFERS, Verdict.EXPIRED)
SHOWN = 5
"""Checks that a panel lists."""


@dataclass(frozen=True)
class Panel:
    """What the panel beside an order shows."""

    order: Order
    ordered: str
    """What a vial is held against, in words."""
    newest: VialCheck | None
    """The newest check, where it is of today and no session has started since: what was in the
    hand before, with its lot, is not there now."""
    begun: bool
    """True where today's newest check belongs to a session that has started."""
    earlier: list[VialCheck]
    has_codes: bool
    """False where no product of this drug, route and strength has a code that is known here."""

    @property
    def open(self) -> bool:
        """True while something may be given from the order."""
        return self.order.withdrawn_at is None and self.order.course.ended_at is None


def vial_checks(
    order: Order, since: datetime | None = None, until: datetime | None = None
) -> list[VialCheck]:
    """The checks under an order, newest first; only those from `since` on, and up to `until`."""
    rows = VialCheck.objects.filter(order=order).select_related("checked_by")
    rows = rows if since is None else rows.filter(checked_at__gte=since)
    return list(rows if until is None else rows.filter(checked_at__lte=until))


def newest_read(
    order: Order, since: datetime | None = None, until: datetime | None = None
) -> VialCheck | None:
    """The newest check that is about something; None where nothing was checked.

    What was not read as a code is about no vial: the check before it stands, and only where there
    is none is it the answer. With `since`, the start of the session's own day, a check of an
    earlier session says nothing.
    """
    checks = vial_checks(order, since, until)
    read = (one for one in checks if one.verdict != Verdict.UNREAD)
    return next(read, checks[0] if checks else None)


def standing_stop(order: Order, since: datetime | None = None) -> VialCheck | None:
    """The newest check that was read, if it says that this vial is the wrong one.

    It does not agree, or is past its last day.
    """
    newest = newest_read(order, since)
    return newest if newest is not None and newest.verdict in STOPS else None


def stop_words(check: VialCheck) -> str:
    """What a session's start says of such a check."""
    if check.verdict == Verdict.EXPIRED and check.expires_on is not None:
        return f"The vial is past its last day, {day(check.expires_on)}. Check another one."
    return f"The vial does not agree with the order: {check.read_as} Check the right one."


def panel(order: Order, moment: datetime) -> Panel:
    """What the panel shows at that moment."""
    checks = vial_checks(order)[:SHOWN]
    today = bool(checks) and clinic_day(checks[0].checked_at) == clinic_day(moment)
    begun = today and _begun_since(checks[0], moment)
    newest = checks[0] if today and not begun else None
    earlier = checks if newest is None else checks[1:]
    return Panel(order, ordered(order), newest, begun, earlier, has_codes(order))


def _begun_since(check: VialCheck, moment: datetime) -> bool:
    """True once a session has started on the checked vial: no lot goes on to the next one."""
    return TreatmentSession.objects.filter(
        order=check.order, started_at__gte=check.checked_at, started_at__lte=moment
    ).exists()


def ordered(order: Order) -> str:
    """Drug, route and strength of an order, and what goes into its line."""
    written, line = order.as_written, orders.concentration(order)
    strength = written.strength.text() if written.strength else "no strength named"
    parts = [written.drug.display, written.route.display, strength]
    return ", ".join(parts if line is None else [*parts, f"{line.text()} in the line"])


def has_codes(order: Order) -> bool:
    """True when some product of the order's drug, route and strength has a code known here."""
    written = order.as_written
    return any(
        each.codes
        for each in products()
        if each.drug is written.drug and written.route in each.routes
        if written.strength in (None, each.strength)
    )
