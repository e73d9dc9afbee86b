"""What a stated number allows, as an interval in its dimension's first unit.

A share is held as a fraction here, and a rate over time by the minute, so that products and
quotients come out right. A printed
number stands for everything that rounds to it: half a unit of its last digit either way. "About"
allows 15 %, or the rounding where that is more.
"""

from dataclasses import dataclass
from decimal import Decimal

from mooring.core.evidence.models import Measure, Quantity
from mooring.core.evidence.units import units

ABOUT = Decimal("0.15")
Z = Decimal("1.96")
"""The 97.5 % quantile of the normal distribution, as studies use it for 95 % intervals."""
ENDLESS = Decimal("Infinity")
SHARE = "share"
MINUTES = {
    "rate": 1,
    "dose a time": 60,
    "dose for body weight and time": 60,
    "clearance": 60,
    "times a day": 1440,
    "dose a day": 1440,
    "times a week": 10080,
}
"""How many minutes the first unit of a dimension is over, so that 2 a week × 4 weeks are 8."""


@dataclass(frozen=True)
class Interval:
    """Everything from low to high, both ends included; an end may be infinite."""

    low: Decimal
    high: Decimal

    def overlaps(self, other: "Interval") -> bool:
        """True where some number lies in both."""
        return self.low <= other.high and other.low <= self.high

    def holds(self, other: "Interval") -> bool:
        """True where all of the other lies in this one."""
        return self.low <= other.low and other.high <= self.high

    def widened(self, by: Decimal) -> "Interval":
        """The same with both ends moved outward."""
        return Interval(self.low - by, self.high + by)


def dimension(quantity: Quantity) -> str:
    """What sort of number it is; "" where no unit is given. Counts of a total are a share."""
    if not quantity.unit:
        return SHARE if counted(quantity) is not None else ""
    return units()[quantity.unit].dimension


def scale(quantity: Quantity) -> Decimal:
    """What the printed number is multiplied with to come to the dimension's first unit."""
    if not quantity.unit:
        return Decimal(1)
    unit = units()[quantity.unit]
    return unit.factor / (100 if unit.dimension == SHARE else MINUTES.get(unit.dimension, 1))


def counted(quantity: Quantity) -> Decimal | None:
    """Numerator over denominator; None where they are not given."""
    if quantity.numerator is None or not quantity.denominator:
        return None
    return Decimal(quantity.numerator) / Decimal(quantity.denominator)


def rounding(printed: Decimal) -> Decimal:
    """Half a unit of the last digit that is printed."""
    return Decimal((0, (5,), int(printed.as_tuple().exponent) - 1))


def slack(quantity: Quantity) -> Decimal:
    """How far from the printed number the true one may lie, in the dimension's first unit."""
    printed = [p for p in (quantity.value, quantity.low, quantity.high) if p is not None]
    widths = [rounding(p) for p in printed]
    if quantity.bound == "about":
        widths += [abs(p) * ABOUT for p in printed]
    return max(widths, default=Decimal(0)) * scale(quantity)


def printed(quantity: Quantity) -> Interval | None:
    """The number as it stands, bounds as open ends; None where there are only counts."""
    if quantity.value is not None:
        return _bounded(quantity, quantity.value * scale(quantity))
    if quantity.low is None and quantity.high is None:
        return None
    low = -ENDLESS if quantity.low is None else quantity.low * scale(quantity)
    high = ENDLESS if quantity.high is None else quantity.high * scale(quantity)
    return Interval(low, high)


def stated(quantity: Quantity) -> Interval | None:
    """Everything that the printed number can stand for; the counts where nothing is printed."""
    plain = printed(quantity)
    if plain is not None:
        return plain.widened(slack(quantity))
    return exact(quantity)


def exact(quantity: Quantity) -> Interval | None:
    """What a calculation goes on with: the counts where there are any, else the number.

    "At least 250" goes in as 250: what comes out is then a bound as well.
    """
    share = counted(quantity)
    if share is not None:
        return Interval(share, share)
    ends = [p for p in (quantity.value, quantity.low, quantity.high) if p is not None]
    if not ends:
        return None
    return Interval(min(ends) * scale(quantity), max(ends) * scale(quantity))


def plausible(quantity: Quantity, people: int | None) -> Interval | None:
    """What the study leaves open: its 95 % interval, printed or (for a share) by Wilson's way.

    `people` is the count behind a share that has no denominator of its own.
    """
    if quantity.confidence is not None:
        low, high = quantity.confidence
        return Interval(low * scale(quantity), high * scale(quantity))
    share = _share(quantity)
    count = quantity.denominator or people
    if share is None or not count:
        return stated(quantity)
    return _wilson(share, Decimal(count))


def _share(quantity: Quantity) -> Decimal | None:
    """The share as a fraction, where the quantity is one exact share of a group."""
    share = counted(quantity)
    if share is not None:
        return min(share, Decimal(1))
    if quantity.measure is not Measure.RATE or dimension(quantity) != SHARE:
        return None
    if quantity.value is None or quantity.bound is not None:
        return None
    return max(Decimal(0), min(quantity.value * scale(quantity), Decimal(1)))


def _bounded(quantity: Quantity, value: Decimal) -> Interval:
    if quantity.bound in ("at least", "more than"):
        return Interval(value, ENDLESS)
    if quantity.bound in ("at most", "less than"):
        return Interval(-ENDLESS, value)
    return Interval(value, value)


def _wilson(share: Decimal, count: Decimal) -> Interval:
    middle = (share + Z * Z / (2 * count)) / (1 + Z * Z / count)
    spread = (share * (1 - share) / count + Z * Z / (4 * count * count)).sqrt()
    half = spread * Z / (1 + Z * Z / count)
    # None of all and all of all are ends of their intervals, whatever the rounding leaves over.
    low = middle - half if share > 0 else Decimal(0)
    high = middle + half if share < 1 else Decimal(1)
    return Interval(low, high)
