"""A use that is called approved, and that no regulator's text says is.

"Approved" is a fact with a register behind it. A patient who reads it takes the question of safety
and effect as settled, and a payer may be asked for what is not covered.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.forms import forms
from mooring.core.evidence.lint.relay import CHECKED
from mooring.core.evidence.models import Claim, SourceKind

REGISTERS = (SourceKind.LABEL, SourceKind.REGULATION)


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each use that a statement calls approved, and no label or regulator does."""
    for claim in base.claims.values():
        if not claim.approves or _official(base, claim):
            continue
        known = _known(base, claim)
        wrong = [use for use in claim.approves if use.lower() not in known]
        if wrong:
            says = f"The claim says approved for {', '.join(wrong)}; labels say {_listed(known)}."
            yield Finding("approval", claim.id, says)


def _official(base: EvidenceBase, claim: Claim) -> bool:
    source = base.source_of(claim.id)
    return claim.status in CHECKED and source is not None and source.kind in REGISTERS


def _known(base: EvidenceBase, claim: Claim) -> set[str]:
    """The uses that labels and regulators approve for the same form of the drug."""
    official = (c for c in base.claims.values() if c.approves and _official(base, c))
    mine = forms(claim.drug)
    alike = (c for c in official if not mine or not forms(c.drug) or mine & forms(c.drug))
    return {use.lower() for c in alike for use in c.approves}


def _listed(known: set[str]) -> str:
    return ", ".join(sorted(known)) or "nothing that was read"
