"""How much a prescription asks for, and how many doses last until the follow-up."""

from dataclasses import dataclass
from datetime import date

from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.quantities import Milligrams, MilligramsPerMillilitre, Millilitres

Compounded = NasalSprayOrder | ByMouthOrder
"""Orders whose product a pharmacy makes for one patient."""
DAYS_A_WEEK = 7


@dataclass(frozen=True)
class Supply:
    """What the pharmacy fills, with the arithmetic to it."""

    form: str
    """For example "nasal spray, 0.1 mL a spray"."""
    strength: str
    quantity: str
    """What is filled: "30 sprays = 3 mL"."""
    drug: Milligrams
    """In all of it, what priming takes included."""
    arithmetic: tuple[str, ...]


def doses_that_last(per_week: int, issued_on: date, follow_up_on: date) -> int:
    """The whole doses from the day of issue to the follow-up, at so many a week.

    Raises ValueError for a follow-up that does not come after the day of issue.
    """
    days = (follow_up_on - issued_on).days
    if days < 1:
        raise ValueError("follow_up_on: the follow-up comes after the day of issue")
    return per_week * days // DAYS_A_WEEK


def supply(order: Compounded, doses: int, priming_sprays: int = 0) -> Supply:
    """What that many doses of an order take. Raises ValueError for less than one dose."""
    if doses < 1:
        raise ValueError("doses: at least one, for example 4")
    if isinstance(order, NasalSprayOrder):
        return _sprays(order, doses, priming_sprays)
    return _by_mouth(order, doses)


def _sprays(order: NasalSprayOrder, doses: int, priming: int) -> Supply:
    each, product = len(order.at), order.product
    given = doses * each
    count = given + priming
    volume, drug = (
        Millilitres(product.volume.value * count),
        Milligrams(product.in_one.value * count),
    )
    primed = (f"{given} + {priming} for priming the pump = {count} sprays",) if priming else ()
    return Supply(
        form=f"metered nasal spray, {product.volume.text()} a spray = {product.in_one.text()}",
        strength=product.concentration.text(),
        quantity=f"{volume.text()} ({count} sprays)",
        drug=drug,
        arithmetic=(
            f"{doses} doses × {each} sprays = {given} sprays",
            *primed,
            f"{count} × {product.volume.text()} = {volume.text()}",
            f"{count} × {product.in_one.text()} = {drug.text()}",
        ),
    )


def _by_mouth(order: ByMouthOrder, doses: int) -> Supply:
    drug = Milligrams(order.total().value * doses)
    strength = order.strength.text()
    if isinstance(order.quantity, Millilitres):
        filled, one = Millilitres(order.quantity.value * doses).text(), order.quantity.text()
    else:
        filled, one = f"{order.quantity * doses} pieces", f"{order.quantity} pieces"
    per = "a mL" if isinstance(order.strength, MilligramsPerMillilitre) else "a piece"
    return Supply(
        form=f"{order.product.name}, {order.route.display}",
        strength=strength if per == "a mL" else f"{strength} {per}",
        quantity=filled,
        drug=drug,
        arithmetic=(
            f"{doses} doses × {one} = {filled}",
            f"{doses} × {order.total().text()} = {drug.text()}",
        ),
    )
