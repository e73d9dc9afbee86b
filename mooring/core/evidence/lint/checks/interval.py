"""A confidence interval with its ends swapped, or that does not hold its own number.

Interval and number are copied apart. 32.8 (3.17 to 4.20) has lost a point somewhere, and whoever
reads only the number is off tenfold. Both may be rounded by half a unit of their last digit.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.numbers import rounding
from mooring.core.evidence.lint.wording import named
from mooring.core.evidence.models import Quantity


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each such interval with its number."""
    for claim in base.claims.values():
        for quantity in claim.quantities:
            says = _problem(quantity)
            if says:
                yield Finding("interval", claim.id, says)


def _problem(quantity: Quantity) -> str:
    if quantity.confidence is None:
        return ""
    low, high = quantity.confidence
    if low > high:
        return f"The interval of {named(quantity)} begins at {low:f} and ends at {high:f}."
    room = max(rounding(low), rounding(high))
    numbers = [n for n in (quantity.value, quantity.low, quantity.high) if n is not None]
    if all(low - room <= number <= high + room for number in numbers):
        return ""
    return f"{named(quantity)} lies outside its own interval of {low:f} to {high:f}."
