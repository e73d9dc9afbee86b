"""From a dose by vein to the nominal amounts by other routes, one for each source."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal

from mooring.core.drugs.comparison.marks import WHOLE, Comparable, Mark, RouteMarks
from mooring.core.quantities import Milligrams

_EXACT = Context(prec=80)
_QUOTIENT = Context(prec=28)


@dataclass(frozen=True)
class PlacedMark:
    """One source's figure with the amounts that it leads to."""

    mark: Mark
    least: Milligrams
    """From the largest share that the source gives."""
    most: Milligrams
    """From the smallest; equal to `least` where the source gives one number."""


@dataclass(frozen=True)
class RouteAmounts:
    """One route: the sources' marks from the smallest amount up, and the interval they span."""

    about: RouteMarks
    marks: tuple[PlacedMark, ...]
    least: Milligrams
    most: Milligrams

    @property
    def outliers(self) -> tuple[PlacedMark, ...]:
        """The marks that are shown and not counted in."""
        return tuple(placed for placed in self.marks if placed.mark.outlier)


@dataclass(frozen=True)
class Comparison:
    """A dose of racemic ketamine by vein beside every other route. It is not an order."""

    dose: Milligrams
    routes: tuple[RouteAmounts, ...]


def compare(dose: Milligrams, marks: Comparable) -> Comparison:
    """For each route the nominal amounts whose arriving share equals `dose` given by vein.

    amount = dose ÷ share, for every source apart (evidence §7.3); no source is averaged with
    another. Raises ValueError for a dose of 0 mg.
    """
    if dose == Milligrams(0):
        raise ValueError("dose: must be above 0 mg to be compared")
    return Comparison(dose, tuple(_route(dose, about) for about in marks.routes))


def _route(dose: Milligrams, about: RouteMarks) -> RouteAmounts:
    placed = sorted(
        (_placed(dose, mark) for mark in about.marks), key=lambda each: (each.least, each.most)
    )
    counted = [each for each in placed if not each.mark.outlier]
    least = min(each.least for each in counted)
    most = max(each.most for each in counted)
    return RouteAmounts(about, tuple(placed), least, most)


def _placed(dose: Milligrams, mark: Mark) -> PlacedMark:
    figure = mark.number
    return PlacedMark(mark, _nominal(dose, figure.high), _nominal(dose, figure.low))


def _nominal(dose: Milligrams, share: Decimal) -> Milligrams:
    return Milligrams(_QUOTIENT.divide(_EXACT.multiply(dose.value, WHOLE), share))
