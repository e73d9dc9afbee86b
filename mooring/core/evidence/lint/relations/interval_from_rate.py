"""The time from one to the next: 132 a day are 10.9 minutes apart."""

from collections.abc import Sequence

from mooring.core.evidence.lint.numbers import Interval, dimension
from mooring.core.evidence.lint.relation import Computed, RelationError, amount, expect
from mooring.core.evidence.models import Quantity

RATES = ("rate", "times a day", "times a week")


def compute(parts: Sequence[Quantity]) -> Computed:
    """The minutes between two, from how many there are in a day, a week or a minute."""
    expect(parts, 1)
    if dimension(parts[0]) not in RATES:
        raise RelationError(f"{parts[0].text} is not so many in a given time")
    rate = amount(parts[0])
    if rate.low <= 0:
        raise RelationError(f"{parts[0].text} leaves no time between them")
    return Computed(Interval(1 / rate.high, 1 / rate.low), f"1 ÷ {parts[0].text}", "time")
