"""How many have to be treated for one more who benefits: 45.3 % against 26.7 % are 5.35.

By custom it is printed rounded up, to 6; both ways are right.
"""

from collections.abc import Sequence
from decimal import ROUND_CEILING

from mooring.core.evidence.lint.numbers import SHARE, Interval, dimension
from mooring.core.evidence.lint.relation import Computed, RelationError, amount, expect, written
from mooring.core.evidence.models import Quantity


def compute(parts: Sequence[Quantity]) -> Computed:
    """One divided by the distance of two shares, whichever is the greater."""
    expect(parts, 2)
    if any(dimension(part) != SHARE for part in parts):
        raise RelationError(f"{written(parts, 'and')} are not two shares")
    first, second = (amount(part) for part in parts)
    distance = abs(first.low - second.low)
    if not distance or first.low != first.high or second.low != second.high:
        raise RelationError("it takes two single shares that differ")
    needed = 1 / distance
    up = needed.to_integral_value(ROUND_CEILING)
    return Computed(
        Interval(needed, needed), f"1 ÷ ({written(parts, '−')})", roundings=(Interval(up, up),)
    )
