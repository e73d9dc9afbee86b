"""A number that is told as a study's, and that nothing taken from the study itself carries.

The statement names its source, the source was read, and the number was not in what was read. It
may stand in a part that was not reached; until somebody finds it there, only the document says it.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.relay import TAKEN, founding, same, study
from mooring.core.evidence.lint.subjects import origins
from mooring.core.evidence.lint.wording import named
from mooring.core.evidence.models import Claim, Quantity


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each relayed claim with the numbers that the study's own claims do not have."""
    for claim in base.claims.values():
        source = study(base, claim)
        if source is None or not claim.quantities or not founding(base, claim):
            continue
        carried = _carried(base, source.id)
        missing = [named(q) for q in claim.quantities if not _has(carried, claim, q)]
        if carried and missing:
            says = f"{', '.join(missing)}: nothing taken from {source.title} says so."
            yield Finding("not_in_source", claim.id, says)


def _carried(base: EvidenceBase, source: str) -> list[Quantity]:
    """The numbers that were taken from the study or computed from it."""
    claims = (c for c in base.claims.values() if c.status in TAKEN)
    return [q for claim in claims if source in origins(base, claim) for q in claim.quantities]


def _has(carried: list[Quantity], claim: Claim, quantity: Quantity) -> bool:
    if quantity.unit == "people" and quantity.value is not None and claim.n == quantity.value:
        return True
    return any(same(quantity, q) for q in carried)
