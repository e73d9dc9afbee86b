"""How many patients one sitter may have at a time, by route: one, unless the clinic says more."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.accounts.models import Clinic
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.orders import GROUP_PLAN
from mooring.clinic.once.standing import Stands, still
from mooring.clinic.sessions.models import SitterLimit
from mooring.core.drugs.drug import Route
from mooring.core.protocols import bounds

ONE = 1
"""A sitter whose only task this is (S4.69)."""
MOST = 6
GROUP_BOUNDS = "sublingual_group"
"""The bounds policy that says how large a group may be."""


def is_group(order: Order) -> bool:
    """True where the order's course is held in a group."""
    return order.course.regimen == GROUP_PLAN


def most_patients(order: Order) -> int:
    """How many patients a sitter may have in sessions of this order's route."""
    if is_group(order):
        largest = bounds.load(GROUP_BOUNDS).largest_group
        if largest is not None:
            return int(largest.people)
    return by_route(order.route)


def by_route(route: str) -> int:
    """The clinic's newest word for a route; one where it never said any."""
    newest = SitterLimit.objects.filter(route=route).last()
    return ONE if newest is None else newest.patients


def limits_stand() -> Stands:
    """How many patients a sitter may have, by every route."""
    said = {route.display.capitalize(): str(by_route(route)) for route in Route}
    return Stands("sitters", said)


@action("clinic.change")
def set_sitter_limit(
    by: Actor, *, route: str, patients: int, reason: str, now: datetime
) -> SitterLimit:
    """Say how many patients one sitter may have at a time by this route, with the reason."""
    if by.user is None:
        raise RefusedError("This is set by a person who is signed in.")
    if route not in set(Route):
        raise RefusedError("Choose one of the routes listed.", field="route")
    if not ONE <= patients <= MOST:
        raise RefusedError(f"Give a whole number from {ONE} to {MOST}.", field="patients")
    if not reason.strip():
        raise RefusedError("Say why the clinic decided so.", field="reason")
    Clinic.objects.select_for_update().first()
    still(limits_stand())
    return SitterLimit.objects.create(
        route=route, patients=patients, reason=reason.strip(), set_by=by.user, set_at=now
    )
