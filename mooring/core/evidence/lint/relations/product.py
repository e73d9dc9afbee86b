"""The parts multiplied: 8 doses of 35 mg are 280 mg."""

from collections.abc import Sequence
from functools import reduce

from mooring.core.evidence.lint.numbers import Interval
from mooring.core.evidence.lint.relation import Computed, amount, written
from mooring.core.evidence.models import Quantity


def compute(parts: Sequence[Quantity]) -> Computed:
    """All parts multiplied, a share as a fraction."""
    whole = reduce(_times, (amount(part) for part in parts))
    return Computed(whole, written(parts, "×"))


def _times(one: Interval, other: Interval) -> Interval:
    ends = [a * b for a in (one.low, one.high) for b in (other.low, other.high)]
    return Interval(min(ends), max(ends))
