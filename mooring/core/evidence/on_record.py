"""Whether a claim has a number on record that a sentence tells in words."""

from collections.abc import Iterator
from decimal import Decimal

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.in_words import InWords, in_words
from mooring.core.evidence.lint.told import numbers
from mooring.core.evidence.models import Claim, Quantity
from mooring.core.evidence.units import units

NEAR = 2
"""A share in words may be rounded by so many points: "two thirds" for 65 %."""
HALF = Decimal(50)
DAILY = {("mass", "dose a day")}
"""What a sentence tells apart from "a day": 8 mg of diazepam equivalents a day."""


def carries(base: EvidenceBase, claim: Claim, told: InWords) -> bool:
    """True where the claim has each of the numbers on record, or the share they make."""
    share = told.share
    if share is not None and any(_near(share, told.more, q) for q in claim.quantities):
        return True
    known = list(on_record(base, claim))
    return bool(told.numbers) and all(
        any(_same(number, told.unit, *other) for other in known) for number in told.numbers
    )


def _near(share: Decimal, more: bool, quantity: Quantity) -> bool:
    """A share in words stands for the printed one or its counts; a median halves people, a
    half-life an amount."""
    if share == HALF and ("median" in quantity.of or "half" in quantity.of):
        return True
    unit = units().get(quantity.unit)
    if unit is None or unit.dimension != "share":
        return False
    ends = (n for n in (quantity.value, quantity.low, quantity.high) if n is not None)
    printed = [end * unit.factor for end in ends]
    if more:
        return any(end >= share for end in printed)
    return any(abs(end - share) <= NEAR for end in printed)


def on_record(base: EvidenceBase, claim: Claim) -> Iterator[tuple[Decimal, str]]:
    """Every number the claim has, with its unit, "" where it counts something; a computed one
    also those that it is computed from."""
    for quantity in claim.quantities:
        ends = (quantity.value, quantity.low, quantity.high, *(quantity.confidence or ()))
        yield from ((end, quantity.unit) for end in ends if end is not None)
        yield from _whole(quantity)
        counts = (quantity.numerator, quantity.denominator)
        yield from ((Decimal(count), "") for count in counts if count is not None)
        yield from _described(f"{quantity.of}. {quantity.arm}")
        if quantity.unit.endswith(" a week"):
            # Two doses a week are a rule's two in 7 days.
            yield Decimal(1), "weeks"
    words = (claim.population, claim.time_point, claim.comparator, claim.route)
    yield from _described(". ".join(words))
    source = base.source_of(claim.id)
    people = (claim.n, source.n if source else None)
    yield from ((Decimal(count), "") for count in people if count is not None)
    for part in claim.computed_from:
        yield from on_record(base, base.claim(part))


def _whole(quantity: Quantity) -> Iterator[tuple[Decimal, str]]:
    """A score is whole: "less than 5 points" is 4 or less."""
    step = {"less than": -1, "more than": 1}.get(quantity.bound or "")
    if step and quantity.value is not None and quantity.unit == "points":
        yield quantity.value + step, quantity.unit


def _described(words: str) -> Iterator[tuple[Decimal, str]]:
    yield from ((told.number, told.unit) for told in numbers(words))
    for told in in_words(words):
        yield from ((number, told.unit) for number in told.numbers)


def _same(number: Decimal, unit: str, other: Decimal, of: str) -> bool:
    """True where both are one number, in one unit or in two of one kind: 120 min are 2 h."""
    mine, yours = units().get(unit), units().get(of)
    if mine is None or yours is None:
        # "twice a week" is said of sessions, doses or infusions a week.
        return number == other and (not unit.startswith("a ") or of.endswith(unit))
    if (mine.dimension, yours.dimension) in DAILY:
        return number * mine.factor == other * yours.factor
    if mine.dimension != yours.dimension:
        return False
    return abs(number * mine.factor - other * yours.factor) < Decimal("1e-6")
