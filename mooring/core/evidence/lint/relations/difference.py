"""The first part less the second: 63.0 % less 31.6 % are 31.4 percentage points."""

from collections.abc import Sequence

from mooring.core.evidence.lint.numbers import Interval
from mooring.core.evidence.lint.relation import Computed, alike, amount, expect, written
from mooring.core.evidence.models import Quantity


def compute(parts: Sequence[Quantity]) -> Computed:
    """The first less the second, of one dimension."""
    expect(parts, 2)
    kind = alike(parts)
    first, second = (amount(part) for part in parts)
    interval = Interval(first.low - second.high, first.high - second.low)
    return Computed(interval, written(parts, "−"), kind)
