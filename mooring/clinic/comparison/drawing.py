"""Where things stand on the lines: one logarithmic axis of amounts for all routes.

Places across are percent of the drawing's width, so that its words keep their size on a phone;
heights are pixels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import log10
from string import ascii_lowercase

from mooring.clinic.comparison.words import Behind, behind, between, nominal
from mooring.core.drugs.comparison import Comparison, PlacedMark, RouteAmounts
from mooring.core.quantities import Milligrams

LEFT, RIGHT = 5.0, 94.0
HALF_MARK = 4.2
"""Half of a mark with its room, in percent: 13 px on a narrow phone."""
LANE = 28
DECADE = Decimal(10)


@dataclass(frozen=True)
class DrawnMark:
    """A source's mark: its letter, its shape and its place."""

    letter: str
    placed: PlacedMark
    x: float
    start: float
    end: float
    y: int

    @property
    def shape(self) -> str:
        """The shape of its status: the name of a symbol on the page."""
        return self.placed.mark.number.claim.status.value

    @property
    def amount(self) -> str:
        """What it comes to, as it is read."""
        return between(self.placed.least, self.placed.most)

    @property
    def behind(self) -> Behind:
        """Who says it, of how many people."""
        return behind(self.placed.mark)

    @property
    def spans(self) -> bool:
        """True where the source gives a range."""
        return self.start != self.end


@dataclass(frozen=True)
class DrawnRoute:
    """One route's line: marks in lanes above the bar of its interval, and the axis below."""

    amounts: RouteAmounts
    marks: tuple[DrawnMark, ...]
    start: float
    end: float
    bar_y: int

    @property
    def interval(self) -> str:
        """From the least to the most that a source leads to, outliers left out."""
        return between(self.amounts.least, self.amounts.most)

    @property
    def outliers(self) -> list[DrawnMark]:
        """The marks that the interval does not count in."""
        return [mark for mark in self.marks if mark.placed.mark.outlier]

    @property
    def width(self) -> float:
        """The length of the interval's bar."""
        return round(self.end - self.start, 2)

    @property
    def height(self) -> int:
        """Of the whole drawing."""
        return self.bar_y + 44


@dataclass(frozen=True)
class Tick:
    """An amount on the axis."""

    amount: Milligrams
    x: float

    @property
    def label(self) -> str:
        """The bare number."""
        return nominal(self.amount)


@dataclass(frozen=True)
class Axis:
    """From the dose by vein on the left to `reach` times as much on the right."""

    dose: Milligrams
    reach: Decimal

    def x(self, amount: Milligrams) -> float:
        """The place of an amount, in percent."""
        part = log10(amount.value / self.dose.value) / log10(self.reach)
        return round(LEFT + (RIGHT - LEFT) * part, 2)

    @property
    def ticks(self) -> list[Tick]:
        """The dose itself, then 1, 2 and 5 of each power of ten where they have room."""
        steps = (Decimal(step).scaleb(power) for power in range(5) for step in (1, 2, 5))
        room, end = self.dose.value * Decimal("1.3"), self.dose.value * self.reach
        amounts = [self.dose, *(Milligrams(step) for step in steps if room <= step <= end)]
        return [Tick(amount, self.x(amount)) for amount in amounts]


def axis_of(comparison: Comparison) -> Axis:
    """One decade, or more where a source reaches further."""
    furthest = max(route.most.value for route in comparison.routes) / comparison.dose.value
    return Axis(comparison.dose, max(DECADE, furthest))


def drawn(route: RouteAmounts, axis: Axis) -> DrawnRoute:
    """The line of one route. Marks that would touch stand above one another."""
    lanes = _lanes([(axis.x(placed.least), axis.x(placed.most)) for placed in route.marks])
    bar_y = (max(lanes) + 1) * LANE + 8
    marks = [
        _mark(ascii_lowercase[n], placed, axis, bar_y - 18 - lane * LANE)
        for n, (placed, lane) in enumerate(zip(route.marks, lanes, strict=True))
    ]
    return DrawnRoute(route, tuple(marks), axis.x(route.least), axis.x(route.most), bar_y)


def _mark(letter: str, placed: PlacedMark, axis: Axis, y: int) -> DrawnMark:
    start, end = axis.x(placed.least), axis.x(placed.most)
    return DrawnMark(letter, placed, round((start + end) / 2, 2), start, end, y)


def _lanes(spans: Iterable[tuple[float, float]]) -> list[int]:
    """For each span from the left the lowest lane in which it touches nothing."""
    ends: list[float] = []
    lanes = []
    for start, end in spans:
        free = (n for n, taken in enumerate(ends) if taken <= start - HALF_MARK)
        lane = next(free, len(ends))
        ends[lane : lane + 1] = [end + HALF_MARK]
        lanes.append(lane)
    return lanes
