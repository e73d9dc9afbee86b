"""The half-life from volume and clearance: ln 2 × 252 L ÷ 79 L/h are 2.21 hours."""

from collections.abc import Sequence
from decimal import Decimal

from mooring.core.evidence.lint.numbers import Interval, dimension
from mooring.core.evidence.lint.relation import Computed, RelationError, amount, expect
from mooring.core.evidence.models import Quantity


def compute(parts: Sequence[Quantity]) -> Computed:
    """Minutes, from the volume of distribution and the clearance in an hour."""
    expect(parts, 2)
    if [dimension(part) for part in parts] != ["volume of distribution", "clearance"]:
        raise RelationError("it takes a volume of distribution, then a clearance")
    volume, clearance = (amount(part) for part in parts)
    if clearance.low <= 0:
        raise RelationError(f"nothing is cleared at {parts[1].text}")
    ln_2 = Decimal(2).ln()
    interval = Interval(ln_2 * volume.low / clearance.high, ln_2 * volume.high / clearance.low)
    return Computed(interval, f"ln 2 × {parts[0].text} ÷ {parts[1].text}", "time")
