"""Two claims about one thing whose numbers exclude each other, and no disagreement says so.

Everything about one subject is held side by side. A number that cannot be true together with
another belongs into a disagreement, where a reader sees both. Shares are compared by their 95 %
intervals, other numbers as they are printed; groups of one study are no disagreement.
"""

from collections.abc import Iterator
from itertools import combinations

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.subjects import Stated, by_subject
from mooring.core.evidence.lint.wording import named


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each pair of claims, once, at the first subject that sets them apart."""
    linked = _linked(base)
    told: set[frozenset[str]] = set()
    for subject, numbers in by_subject(base).items():
        for one, other in combinations(numbers, 2):
            pair = frozenset((one.claim.id, other.claim.id))
            if pair in linked or pair in told or not _exclude(one, other):
                continue
            told.add(pair)
            yield Finding(
                "disjoint", one.claim.id, _sentence(subject, one, other), (other.claim.id,)
            )


def _linked(base: EvidenceBase) -> set[frozenset[str]]:
    """The pairs that stand in one disagreement."""
    pairs = (combinations(d.named, 2) for d in base.disagreements.values())
    return {frozenset(pair) for within in pairs for pair in within}


def _exclude(one: Stated, other: Stated) -> bool:
    if one.origins & other.origins or one.dimension != other.dimension:
        return False
    if one.quantity.arm and other.quantity.arm and one.quantity.arm != other.quantity.arm:
        return False
    return not one.interval.overlaps(other.interval)


def _sentence(subject: str, one: Stated, other: Stated) -> str:
    return (
        f"{subject}: {named(one.quantity)} here and {named(other.quantity)} in "
        f"{other.claim.id} exclude each other, and no disagreement holds both."
    )
