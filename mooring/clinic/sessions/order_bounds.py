"""What the order form refuses, the bedside refuses before it is given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.courses import orders
from mooring.clinic.courses.models import Order
from mooring.clinic.sessions.given import doses_given
from mooring.clinic.sessions.log import plan_of
from mooring.core.drugs.dosed import Dosed
from mooring.core.protocols import bounds
from mooring.core.quantities import Milligrams, MilligramsPerMillilitre
from mooring.core.session.chart import plain
from mooring.core.session.entries import DoseGiven, GivesDrug, InfusionStart
from mooring.core.session.order_conformity import Held, made_mg_per_ml
from mooring.core.session.view import Blocker


def refused(order: Order, gives: GivesDrug | None) -> Iterator[Held]:
    """What no order could say of the amount in the hand and of what goes into the line."""
    written, line = order.as_written, orders.concentration(order)
    if not isinstance(written, Dosed):
        if isinstance(gives, DoseGiven):
            yield from _never(order, gives)
        return
    amount = None
    if isinstance(gives, InfusionStart):
        amount, line = gives.drawn_up_mg, _in_the_line(order, gives)
    elif isinstance(gives, DoseGiven):
        amount = gives.amount_mg
    if amount is None:
        return
    as_given = replace(written, dose=Milligrams(amount))
    day = order.signed_at.date()
    for found in bounds.check_order(as_given, day, line, ()):
        if found.level is bounds.Level.REFUSE:
            blocker = Blocker(f"order.{found.rule}", found.text, found.claims)
            yield Held(blocker, second_person=False)


OF_THE_DAY = ("second_dose", "highest_day", "other_dose")
"""What the bounds say of the doses that one day holds."""


def beyond_the_day(order: Order, at: datetime) -> Iterator[Held]:
    """What was given before that day, in another session, where the order form holds the sum.

    An order is signed once and may stand for weeks: what its day of use holds it could not know.
    """
    on = clinic_day(at)
    known = order.findings if isinstance(order.findings, dict) else {}
    opened = {
        found["rule"] for found in known.get("findings", ()) if known.get("on") == on.isoformat()
    }
    line, in_group = orders.concentration(order), order.course.regimen == orders.GROUP_PLAN
    before = [dose for dose in doses_given(order.course.patient, at) if dose.day == on]
    if not before:
        return
    found = bounds.check_order(
        order.as_written, on, line, before, group_of=order.group_of, in_group=in_group
    )
    for one in found:
        firm = one.level in (bounds.Level.HARD, bounds.Level.REFUSE)
        if firm and one.rule in OF_THE_DAY and one.rule not in opened:
            blocker = Blocker(f"order.{one.rule}", one.text, one.claims)
            yield Held(blocker, second_person=one.level is bounds.Level.HARD)


def _never(order: Order, gives: DoseGiven) -> Iterator[Held]:
    """A spray or a device that alone holds more than any order by this route may."""
    for name in bounds.for_order(order.as_written):
        limit = bounds.load(name).refused_amount
        if limit is not None and gives.amount_mg > limit.mg:
            words = (
                f"{plain(gives.amount_mg)} mg is above {plain(limit.mg)} mg, more than this "
                "policy ever accepts."
            )
            yield Held(Blocker("order.refused_amount", words, limit.claims), second_person=False)


def _in_the_line(order: Order, start: InfusionStart) -> MilligramsPerMillilitre:
    """What was typed, or what vial and diluent come to where that is stronger."""
    made = made_mg_per_ml(plan_of(order), start)
    typed = start.concentration_mg_per_ml
    stronger = typed if made is None else max(typed, round(made, 4))
    return MilligramsPerMillilitre(stronger)
