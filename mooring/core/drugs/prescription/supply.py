"""How much a prescription asks for, and how many doses last until the follow-up."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.drugs.prescription.figures import in_words
from mooring.core.quantities import Milligrams, MilligramsPerMillilitre, Millilitres

Compounded = NasalSprayOrder | ByMouthOrder
"""Orders whose product a pharmacy makes for one patient."""
DAYS_A_WEEK = 7
MONTHS_VALID = 6
"""A prescription of schedule III is not filled later than this after its issue (21 CFR 1306.22)."""


@dataclass(frozen=True)
class Supply:
    """What the pharmacy fills, with the arithmetic to it."""

    form: str
    """For example "nasal spray, 0.1 mL a spray"."""
    strength: str
    quantity: str
    """What is filled: "3 mL (30 sprays)"."""
    in_words: str
    """The same written out."""
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


def last_day_valid(issued_on: date) -> date:
    """The day six calendar months after the issue, or the last of a month that is shorter."""
    months = issued_on.month - 1 + MONTHS_VALID
    year, month = issued_on.year + months // 12, months % 12 + 1
    return date(year, month, min(issued_on.day, monthrange(year, month)[1]))


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
    pump = f"{given} + {priming} for priming the pump = {counted(count, 'spray')}"
    return Supply(
        form=f"metered nasal spray, {product.volume.text()} a spray = {product.in_one.text()}",
        strength=product.concentration.text(),
        quantity=f"{volume.text()} ({counted(count, 'spray')})",
        in_words=f"{in_words(volume.value)} millilitres, {counted(in_words(count), 'spray')}",
        drug=drug,
        arithmetic=(
            f"{counted(doses, 'dose')} × {counted(each, 'spray')} = {counted(given, 'spray')}",
            *((pump,) if priming else ()),
            f"{count} × {product.volume.text()} = {volume.text()}",
            f"{count} × {product.in_one.text()} = {drug.text()}",
        ),
    )


def _by_mouth(order: ByMouthOrder, doses: int) -> Supply:
    drug = Milligrams(order.total().value * doses)
    solution = isinstance(order.strength, MilligramsPerMillilitre)
    filled, one, words = _filled(order, doses)
    return Supply(
        form=f"{order.product.name}, {order.route.display}",
        strength=order.strength.text() if solution else f"{order.strength.text()} a piece",
        quantity=filled,
        in_words=words,
        drug=drug,
        arithmetic=(
            f"{counted(doses, 'dose')} × {one} = {filled}",
            f"{doses} × {order.total().text()} = {drug.text()}",
        ),
    )


def _filled(order: ByMouthOrder, doses: int) -> tuple[str, str, str]:
    """What is filled, what one dose takes, and what is filled written out."""
    if isinstance(order.quantity, Millilitres):
        volume = Millilitres(order.quantity.value * doses)
        return volume.text(), order.quantity.text(), f"{in_words(volume.value)} millilitres"
    pieces, name = order.quantity * doses, order.product.kind
    return (
        counted(pieces, name),
        counted(order.quantity, name),
        counted(in_words(pieces), name),
    )


def counted(number: int | str, name: str) -> str:
    """A number of things: "1 dose", "44 sprays", "forty-four sprays"."""
    return f"{number} {name}" if number in (1, "one") else f"{number} {name}s"
