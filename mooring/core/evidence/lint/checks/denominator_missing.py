"""A rate without the number of people, days or sessions it is a share of.

"80 % remission" of 15 people and of 1500 people are not the same news, and without the count no
interval can be drawn around it.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.relay import founding, rates
from mooring.core.evidence.lint.wording import named
from mooring.core.evidence.models import Claim, Quantity


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each rate without a count; a statement that names no source at all is for `unsourced`."""
    for claim in base.claims.values():
        if founding(base, claim) and not (claim.cites or claim.reports):
            continue
        for quantity in rates(claim):
            if not _counted(base, claim, quantity):
                says = f"{named(quantity)}: of how many is not said."
                yield Finding("denominator_missing", claim.id, says)


def _counted(base: EvidenceBase, claim: Claim, quantity: Quantity) -> bool:
    """A count on the number, on the claim, or on the study's claim that it relays."""
    if quantity.denominator is not None or claim.n is not None:
        return True
    if not claim.reports:
        return False
    reported = base.claim(claim.reports)
    return reported.n is not None or any(q.denominator is not None for q in reported.quantities)
