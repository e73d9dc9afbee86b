"""An acknowledgement of something that the check no longer finds.

It was true when it was written. Left standing it would hide the next finding of the same kind, so
it goes when its reason has gone, and a finding with another number in it is looked at anew. The
same holds for a correction that names a check.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.running import findings
from mooring.core.evidence.models import Claim, Correction

Found = set[tuple[str, str, str]]
"""Check, claim and fingerprint of everything that is found."""


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each check or finding that a claim or a correction names, and that is not made there."""
    found = {(f.check, claim, f.fingerprint) for f in findings(base) for claim in f.claims}
    for claim in base.claims.values():
        for says in _by_claim(claim, found):
            yield Finding("stale_acknowledgement", claim.id, says)
    for correction in base.corrections.values():
        for says in _by_correction(correction, found):
            yield Finding("stale_acknowledgement", correction.claims[0], says)


def _by_claim(claim: Claim, found: Found) -> Iterator[str]:
    for acknowledged in claim.acknowledged:
        for mark in acknowledged.findings:
            if (acknowledged.check, claim.id, mark) not in found:
                yield f"It acknowledges '{acknowledged.check}' {mark}, which is not found here."


def _by_correction(correction: Correction, found: Found) -> Iterator[str]:
    here = {(check, mark) for check, claim, mark in found if claim in correction.claims}
    for check in correction.found_by:
        if check not in {other for other, _ in here}:
            yield f"{correction.id} says '{check}' finds it, which finds nothing here."
    for mark in correction.findings:
        if not any((check, mark) in here for check in correction.found_by):
            yield f"{correction.id} acknowledges {mark}, which is not found here."
