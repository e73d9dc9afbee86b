"""How the linter writes numbers in its sentences."""

from decimal import Decimal

from mooring.core.evidence.lint.numbers import Interval, scale
from mooring.core.evidence.models import Quantity


def plain(number: Decimal) -> str:
    """At most four digits that count, without an exponent: 0.2800 is 0.28."""
    if not number:
        return "0"
    digits = max(0, 3 - number.adjusted())
    text = f"{number:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def share(fraction: Decimal) -> str:
    """A fraction as a percentage with one or two digits behind the point."""
    return f"{plain((fraction * 100).quantize(Decimal('0.01')))} %"


def in_unit_of(quantity: Quantity, interval: Interval) -> str:
    """An interval of first units in the unit of that quantity: "280 mg", "8 to 19 mmHg"."""
    low, high = interval.low / scale(quantity), interval.high / scale(quantity)
    number = plain(low) if plain(low) == plain(high) else f"{plain(low)} to {plain(high)}"
    return f"{number} {quantity.unit}".rstrip()


def named(quantity: Quantity) -> str:
    """The number with what it is of, for sentences about one of several."""
    return f"{quantity.text} ({quantity.of})" if quantity.of else quantity.text
