"""Who relays what: a founding statement, the claim of the study behind it, and the study."""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.numbers import dimension, stated
from mooring.core.evidence.models import Claim, Measure, Quantity, Source, SourceKind, Status

CHECKED = (Status.VERIFIED, Status.COMPUTED)
TAKEN = (*CHECKED, Status.RELAYED)
"""What was taken from a study, be it through another document: a statement is held against it."""


def founding(base: EvidenceBase, claim: Claim) -> bool:
    """True for a statement that one of the founding documents makes."""
    source = base.source_of(claim.id)
    return source is not None and source.kind is SourceKind.FOUNDING


def relays(base: EvidenceBase) -> Iterator[tuple[Claim, Claim]]:
    """Each statement that relays a claim of a study, with that claim."""
    for claim in base.claims.values():
        if claim.reports:
            yield claim, base.claim(claim.reports)


def study(base: EvidenceBase, claim: Claim) -> Source | None:
    """The source that the statement relays or cites; None where it names none."""
    if claim.reports:
        return base.source_of(claim.reports)
    return base.source(claim.cites) if claim.cites else None


def rates(claim: Claim) -> tuple[Quantity, ...]:
    """The shares of people, days, sessions ... that the claim quotes."""
    return tuple(q for q in claim.quantities if q.measure is Measure.RATE)


def same(one: Quantity, other: Quantity) -> bool:
    """True where both can stand for one number."""
    mine, yours = stated(one), stated(other)
    if mine is None or yours is None or dimension(one) != dimension(other):
        return False
    return mine.overlaps(yours)


def uncontrolled(claim: Claim, source: Source | None) -> bool:
    """True where it is on record that nobody was treated otherwise for comparison."""
    if claim.comparator:
        return claim.comparator == "none"
    if source is None:
        return False
    if source.comparator:
        return source.comparator == "none"
    return source.design is not None and not source.design.controlled


def studied(base: EvidenceBase, claim: Claim) -> tuple[Claim | Source, ...]:
    """What the claim rests on, nearest first: the study's claim it relays, then the study."""
    behind: list[Claim | Source] = [base.claim(claim.reports)] if claim.reports else []
    source = study(base, claim) or base.source_of(claim.id)
    return (*behind, source) if source is not None else tuple(behind)
