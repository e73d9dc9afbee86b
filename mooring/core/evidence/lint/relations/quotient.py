"""The first part divided by the second: 35 mg of 70 mg are 50 %."""

from collections.abc import Sequence

from mooring.core.evidence.lint.numbers import Interval
from mooring.core.evidence.lint.relation import (
    Computed,
    RelationError,
    amount,
    expect,
    written,
)
from mooring.core.evidence.models import Quantity


def compute(parts: Sequence[Quantity]) -> Computed:
    """The first divided by the second, neither end of which may be 0."""
    expect(parts, 2)
    above, below = (amount(part) for part in parts)
    if below.low <= 0:
        raise RelationError(f"nothing is divided by {parts[1].text}")
    ends = [a / b for a in (above.low, above.high) for b in (below.low, below.high)]
    return Computed(Interval(min(ends), max(ends)), written(parts, "÷"))
