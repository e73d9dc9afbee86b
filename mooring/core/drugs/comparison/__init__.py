"""What an amount by vein would be by other routes, source by source. A comparison, never an order.

Racemic ketamine only: nothing here takes a figure of esketamine, or turns one drug into the other.
"""

from mooring.core.drugs.comparison.amounts import Comparison, PlacedMark, RouteAmounts, compare
from mooring.core.drugs.comparison.marks import Comparable, Figure, Mark, RouteMarks, load

__all__ = [
    "Comparable",
    "Comparison",
    "Figure",
    "Mark",
    "PlacedMark",
    "RouteAmounts",
    "RouteMarks",
    "compare",
    "load",
]
