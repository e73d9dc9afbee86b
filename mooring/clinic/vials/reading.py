"""What was checked under an order, and what of it still stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.courses import orders
from mooring.clinic.courses.models import Order
from mooring.clinic.vials.models import Verdict, VialCheck
from mooring.core.drugs.products import products

SHOWN = 5
"""Checks that a panel lists."""


@dataclass(frozen=True)
class Panel:
    """What the panel beside an order shows."""

    order: Order
    ordered: str
    """What a vial is held against, in words."""
    newest: VialCheck | None
    """The newest check, where it is of today: what was in the hand before is not there now."""
    earlier: list[VialCheck]
    has_codes: bool
    """False where no product of this drug, route and strength has a code that is known here."""

    @property
    def open(self) -> bool:
        """True while something may be given from the order."""
        return self.order.withdrawn_at is None and self.order.course.ended_at is None


def vial_checks(order: Order, since: datetime | None = None) -> list[VialCheck]:
    """The checks under an order, newest first; with `since` only those from then on."""
    rows = VialCheck.objects.filter(order=order).select_related("checked_by")
    return list(rows if since is None else rows.filter(checked_at__gte=since))


def standing_stop(order: Order, since: datetime | None = None) -> VialCheck | None:
    """The newest check if it did not agree: what a session's start asks about, and decides not.

    None where the newest agrees, names a code that is not known, or nothing was checked. With
    `since`, the start of the session's own work, a check of an earlier session says nothing.
    """
    newest = next(iter(vial_checks(order, since)), None)
    return newest if newest is not None and newest.verdict == Verdict.DIFFERS else None


def panel(order: Order, moment: datetime) -> Panel:
    """What the panel shows at that moment."""
    checks = vial_checks(order)[:SHOWN]
    today = clinic_day(moment)
    newest = checks[0] if checks and clinic_day(checks[0].checked_at) == today else None
    earlier = checks if newest is None else checks[1:]
    return Panel(order, ordered(order), newest, earlier, has_codes(order))


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
