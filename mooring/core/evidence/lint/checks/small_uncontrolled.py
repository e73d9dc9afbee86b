"""A share from a study that is small or had no control group, told without saying so.

Ninety percent of 22 people, with nobody for comparison, is a promising start. Without its count
it reads like a result.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.relay import founding, rates, study, uncontrolled
from mooring.core.evidence.lint.wording import named
from mooring.core.evidence.models import Claim, Source

SMALL = 30


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each relayed share without a count, where the study calls for one."""
    for claim in base.claims.values():
        source = study(base, claim)
        bare = [q for q in rates(claim) if q.denominator is None]
        if source is None or claim.n is not None or not bare or not founding(base, claim):
            continue
        weak = _weak(base, claim, source)
        if weak:
            says = f"The claim gives {named(bare[0])} without a count; the study had {weak}."
            yield Finding("small_uncontrolled", claim.id, says)


def _weak(base: EvidenceBase, claim: Claim, source: Source) -> str:
    """What the reader is not told; empty where the study was controlled and not small."""
    reported = base.claim(claim.reports) if claim.reports else claim
    people = source.n if reported.n is None else reported.n
    parts = [f"{people} people"] if people is not None and people < SMALL else []
    if uncontrolled(reported, source):
        parts.append("no control group")
    return " and ".join(parts)
