"""What is left of the whole: 59 % responded, so 41 % did not."""

from collections.abc import Sequence

from mooring.core.evidence.lint.numbers import SHARE, Interval, dimension
from mooring.core.evidence.lint.relation import (
    Computed,
    RelationError,
    amount,
    expect,
)
from mooring.core.evidence.models import Quantity


def compute(parts: Sequence[Quantity]) -> Computed:
    """100 % less the one part, which is a share."""
    expect(parts, 1)
    if dimension(parts[0]) != SHARE:
        raise RelationError(f"{parts[0].text} is not a share of something")
    part = amount(parts[0])
    return Computed(Interval(1 - part.high, 1 - part.low), f"100 % − {parts[0].text}", SHARE)
