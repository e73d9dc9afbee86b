"""A rate or an effect without what it was compared with.

63 % free of suicidal thoughts sounds like a cure until one reads that 31.6 % were so with placebo.
A study says what it compared with, or "none"; a statement that relays one arm of a study is held
against the other arm.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.relay import founding, rates, relays, same, study, uncontrolled
from mooring.core.evidence.lint.wording import named
from mooring.core.evidence.models import Claim, Measure, Quantity

COMPARED = (Measure.RATE, Measure.EFFECT)


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Studies that do not say it, then statements that leave out what the study says."""
    for claim in base.claims.values():
        if _silent(base, claim):
            yield Finding("comparator_missing", claim.id, _alone(base, claim))
    for claim, reported in relays(base):
        left_out = _other_arm(claim, reported)
        if left_out is not None:
            yield Finding("comparator_missing", claim.id, _left_out(claim, left_out))


def _silent(base: EvidenceBase, claim: Claim) -> bool:
    """No comparator, and a source that has one or does not say so either."""
    numbers = [q for q in claim.quantities if q.measure in COMPARED]
    if not numbers or claim.comparator or claim.reports:
        return False
    if founding(base, claim):
        return bool(claim.cites) and not uncontrolled(claim, study(base, claim))
    return not claim.computed_from and not uncontrolled(claim, base.source_of(claim.id))


def _other_arm(claim: Claim, reported: Claim) -> Quantity | None:
    """The rate of the study's other arm, where the statement gives one arm alone."""
    mine = rates(claim)
    relayed = [q for q in rates(reported) if any(same(q, m) for m in mine)]
    if not relayed:
        relayed = list(rates(reported)[:1])
    others = [q for q in rates(reported) if q.arm and any(q.arm != r.arm for r in relayed)]
    missing = [q for q in others if not any(same(q, m) for m in mine)]
    return missing[0] if mine and missing else None


def _alone(base: EvidenceBase, claim: Claim) -> str:
    numbers = ", ".join(named(q) for q in claim.quantities if q.measure in COMPARED)
    source = study(base, claim) or base.source_of(claim.id)
    known = source.comparator if source is not None else ""
    against = f"the study compared with {known}" if known else "it does not say with what"
    return f"{numbers} is compared with nothing: {against}."


def _left_out(claim: Claim, other: Quantity) -> str:
    stated = ", ".join(named(q) for q in rates(claim))
    return f"The claim gives {stated}; the study also gives {other.text} with {other.arm}."
