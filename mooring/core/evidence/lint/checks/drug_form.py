"""A result of one form of the drug that is told for another.

Racemic ketamine and esketamine are different products with different doses. A milligram of one is
not a milligram of the other, and a result of one is not a result of the other.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.forms import differ, forms
from mooring.core.evidence.lint.relay import studied


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each claim about a form of the drug that is not among those of what it rests on."""
    for claim in base.claims.values():
        for behind in studied(base, claim):
            if differ(forms(claim.drug), forms(behind.drug)):
                says = f"The claim is about {claim.drug}; the study gave {behind.drug}."
                yield Finding("drug_form", claim.id, says)
                break
