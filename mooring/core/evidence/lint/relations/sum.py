"""The parts added: 17 responders and 7 others are 24 people."""

from collections.abc import Sequence

from mooring.core.evidence.lint.numbers import Interval
from mooring.core.evidence.lint.relation import Computed, alike, amount, written
from mooring.core.evidence.models import Quantity


def compute(parts: Sequence[Quantity]) -> Computed:
    """All parts of one dimension added."""
    kind = alike(parts)
    amounts = [amount(part) for part in parts]
    low = sum((a.low for a in amounts[1:]), amounts[0].low)
    high = sum((a.high for a in amounts[1:]), amounts[0].high)
    return Computed(Interval(low, high), written(parts, "+"), kind)
