"""A number that only a founding document gives, outside everything that was measured.

Where sources of one subject were read, the lowest and the highest they leave open span a range. A
number wholly outside it may be experience nobody measured, or a mistake: it is shown beside the
range and never used alone.
"""

from collections.abc import Iterator, Sequence

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.numbers import Interval, stated
from mooring.core.evidence.lint.relay import TAKEN
from mooring.core.evidence.lint.subjects import Stated, by_subject
from mooring.core.evidence.lint.wording import in_unit_of, named
from mooring.core.evidence.models import Status


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each such number with the range it is outside of."""
    for subject, numbers in by_subject(base).items():
        for number in numbers:
            if number.claim.status is not Status.SOURCE_ONLY:
                continue
            verified = [n for n in numbers if _comparable(n, number)]
            if verified and not _span(verified).overlaps(_said(number)):
                yield Finding("outlier", number.claim.id, _sentence(subject, number, verified))


def _comparable(verified: Stated, number: Stated) -> bool:
    if verified.claim.status not in TAKEN or verified.dimension != number.dimension:
        return False
    return not number.quantity.arm or verified.quantity.arm in ("", number.quantity.arm)


def _said(number: Stated) -> Interval:
    """What the document itself says: it counted nobody, so only its rounding is its range."""
    return stated(number.quantity) or number.interval


def _span(numbers: Sequence[Stated]) -> Interval:
    lows, highs = zip(*((n.interval.low, n.interval.high) for n in numbers), strict=True)
    return Interval(min(lows), max(highs))


def _sentence(subject: str, number: Stated, verified: Sequence[Stated]) -> str:
    span = in_unit_of(number.quantity, _span(verified))
    return (
        f"{subject}: the document says {named(number.quantity)}; what was measured leaves open "
        f"{span}."
    )
