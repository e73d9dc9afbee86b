"""An acknowledgement of something that the check no longer finds.

It was true when it was written. Left standing it would hide the next finding of the same kind, so
it goes when its reason has gone. The same holds for a correction that names a check.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.running import findings


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each check that a claim or a correction names, and that says nothing there."""
    found = {(finding.check, claim) for finding in findings(base) for claim in finding.claims}
    for claim in base.claims.values():
        for acknowledged in claim.acknowledged:
            if (acknowledged.check, claim.id) not in found:
                says = f"It acknowledges '{acknowledged.check}', which finds nothing here."
                yield Finding("stale_acknowledgement", claim.id, says)
    for correction in base.corrections.values():
        for check in correction.found_by:
            if not any((check, claim) in found for claim in correction.claims):
                says = f"{correction.id} says '{check}' finds it, which finds nothing here."
                yield Finding("stale_acknowledgement", correction.claims[0], says)
