"""How far two shares are apart, with its 95 % interval after Wald from the counts.

108 of 195 less 70 of 170 are 14.2 percentage points (4.0 to 24.4).
"""

from collections.abc import Sequence
from decimal import Decimal

from mooring.core.evidence.lint.numbers import SHARE, Interval, Z, counted
from mooring.core.evidence.lint.relation import Computed, RelationError, expect, written
from mooring.core.evidence.models import Quantity


def compute(parts: Sequence[Quantity]) -> Computed:
    """The first share less the second, both with their counts."""
    expect(parts, 2)
    (first, variance), (second, other) = (_share(part) for part in parts)
    difference = first - second
    half = Z * (variance + other).sqrt()
    return Computed(
        Interval(difference, difference),
        written(parts, "−"),
        SHARE,
        confidence=Interval(difference - half, difference + half),
    )


def _share(part: Quantity) -> tuple[Decimal, Decimal]:
    """The share and the variance of it."""
    share = counted(part)
    if share is None or not part.denominator:
        raise RelationError(f"'{part.of or part.text}' has no counts")
    if share > 1:
        raise RelationError(f"{part.text}: more are counted than there are")
    return share, share * (1 - share) / part.denominator
