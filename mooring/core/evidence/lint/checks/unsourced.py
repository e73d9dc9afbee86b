"""A rate, an effect or a duration for which the document names no source.

It may be the author's experience, and worth knowing as that. But nobody can look it up, so it must
not stand beside the result of a trial as if it were one.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.relay import founding
from mooring.core.evidence.lint.wording import named


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each founding statement with such numbers that neither cites nor relays a source."""
    for claim in base.claims.values():
        if claim.cites or claim.reports or not founding(base, claim):
            continue
        numbers = [named(q) for q in claim.quantities if q.measure is not None]
        if numbers:
            says = f"{', '.join(numbers)}: the document names no source for it."
            yield Finding("unsourced", claim.id, says)
