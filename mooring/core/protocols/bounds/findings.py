"""Holds an order against a bounds policy, on exact decimals and without any tolerance."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mooring.core.drugs.order import InfusionOrder
from mooring.core.drugs.syringe import SyringeVolume
from mooring.core.protocols.bounds.policy import BoundsPolicy, DoseLimit, Limit
from mooring.core.quantities import (
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Millilitres,
    Minutes,
    plain,
)


class Level(StrEnum):
    """How firmly a finding stands."""

    SOFT = "soft"
    """A warning; the order can go on."""
    HARD = "hard"
    """Stops the order until a second person and a reason open it."""
    REFUSE = "refuse"
    """Stops the order whoever signs; it has to be written anew."""
    HOLD = "hold"
    """Something is missing; the order waits for it."""


@dataclass(frozen=True)
class BoundFinding:
    """One limit that an order meets: which, how firmly, in words, and from which claims."""

    rule: str
    """The name of the limit in the policy, for example "highest_dose"."""
    level: Level
    text: str
    claims: tuple[str, ...]


def check(
    policy: BoundsPolicy,
    order: InfusionOrder,
    on: date,
    concentration: MilligramsPerMillilitre | None,
) -> tuple[BoundFinding, ...]:
    """What the policy says against this order on the day it is written; empty when nothing.

    `concentration` is what goes into the line, after dilution; None is unknown and holds.
    An order of another drug or route is refused at once, because the numbers do not apply to it.
    """
    foreign = _drug_or_route(policy, order)
    if foreign is not None:
        return (foreign,)
    return (
        *_weight(policy, order, on),
        *_dose(policy, order),
        *_rate(policy, order),
        *_concentration(policy, concentration),
    )


def check_drawn_up(
    policy: BoundsPolicy,
    order: InfusionOrder,
    volume: Millilitres,
    concentration: MilligramsPerMillilitre,
) -> tuple[BoundFinding, ...]:
    """Whether a volume drawn from a vial holds the ordered dose, to the mark of a syringe.

    `concentration` is the strength printed on the vial. This is the guard against the published
    tenfold errors in which the order was right and the vial was not (evidence file §7.2).
    Raises WeightMissingError when the order has no amount yet.
    """
    wanted = SyringeVolume(order.total(), concentration)
    if volume == wanted.drawn:
        return ()
    held = volume * concentration
    times = plain((held.value / wanted.dose.value).quantize(Decimal("0.01")))
    text = (
        f"{volume.text()} of {concentration.text()} holds {held.text()}, {times} times the "
        f"ordered {wanted.dose.text()}. That dose is {wanted.text()}."
    )
    return (_finding("drawn_up", Level.REFUSE, text, policy.drawn_up),)


def _drug_or_route(policy: BoundsPolicy, order: InfusionOrder) -> BoundFinding | None:
    if (order.drug, order.route) == (policy.drug, policy.route):
        return None
    text = (
        f"These bounds are for {policy.drug.display} by {policy.route.display}; the order is "
        f"{order.drug.display}, {order.route.display}. Neither drug nor route is converted."
    )
    return _finding("drug_and_route", Level.REFUSE, text, policy.drug_and_route)


def _weight(policy: BoundsPolicy, order: InfusionOrder, on: date) -> Iterator[BoundFinding]:
    missing = order.holds(on)
    if not missing and order.weight is None:
        missing = ("weight: none recorded; the dose by body weight cannot be seen without it",)
    for text in missing:
        yield _finding("weight_needed", Level.HOLD, text, policy.weight_needed)


def _dose(policy: BoundsPolicy, order: InfusionOrder) -> Iterator[BoundFinding]:
    """The firmest of the three dose limits that the order exceeds."""
    steps: tuple[tuple[str, Level, DoseLimit, str], ...] = (
        ("refused_dose", Level.REFUSE, policy.refused_dose, "more than this policy ever accepts"),
        ("highest_dose", Level.HARD, policy.highest_dose, "the highest dose of this policy"),
        ("standard_dose", Level.SOFT, policy.standard_dose, "the standard dose"),
    )
    for rule, level, limit, name in steps:
        if _exceeds(order, limit.mg_per_kg, Decimal(1)):
            bound = MilligramsPerKilogram(limit.mg_per_kg).text()
            yield _finding(rule, level, f"{_by_weight(order)} is above {bound}, {name}.", limit)
            return


def _rate(policy: BoundsPolicy, order: InfusionOrder) -> Iterator[BoundFinding]:
    limit = policy.fastest_rate
    if _exceeds(order, limit.mg_per_kg * order.over.value, limit.over_minutes):
        fastest = MilligramsPerKilogram(limit.mg_per_kg).text()
        text = (
            f"{_by_weight(order)} over {order.over.text()} is faster than {fastest} over "
            f"{Minutes(limit.over_minutes).text()}."
        )
        yield _finding("fastest_rate", Level.HARD, text, limit)


def _concentration(
    policy: BoundsPolicy, concentration: MilligramsPerMillilitre | None
) -> Iterator[BoundFinding]:
    limit = policy.refused_concentration
    if concentration is None:
        text = "concentration: not recorded; say what goes into the line after dilution"
        yield _finding("refused_concentration", Level.HOLD, text, limit)
    elif concentration >= MilligramsPerMillilitre(limit.mg_per_ml):
        text = (
            f"{concentration.text()} does not go into a vein undiluted: dilute it, and record "
            "the concentration after dilution."
        )
        yield _finding("refused_concentration", Level.REFUSE, text, limit)


def _exceeds(order: InfusionOrder, mg_per_kg: Decimal, times: Decimal) -> bool:
    """Whether `times` the dose is above that many mg/kg, by multiplication alone: exact.

    False when the dose was ordered in mg and no weight is recorded; such an order is on hold.
    """
    if isinstance(order.dose, MilligramsPerKilogram):
        return order.dose.value * times > mg_per_kg
    if order.weight is None:
        return False
    return order.dose.value * times > mg_per_kg * order.weight.value.value


def _by_weight(order: InfusionOrder) -> str:
    per_kilogram = order.per_kilogram()
    if per_kilogram is None or isinstance(order.dose, MilligramsPerKilogram):
        return order.dose.text()
    return f"{order.dose.text()}, {per_kilogram.rounded('0.001').text()},"


def _finding(rule: str, level: Level, text: str, limit: Limit) -> BoundFinding:
    return BoundFinding(rule, level, text, limit.claims)
