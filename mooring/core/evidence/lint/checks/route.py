"""A result that was found with another route than the one it is told for.

What a dose under the skin does says little about a dose by vein: how much arrives, how fast and
how high differ, and so do the doses themselves.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.forms import differ, routes
from mooring.core.evidence.lint.relay import studied


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each claim whose route is not among those of what it rests on."""
    for claim in base.claims.values():
        for behind in studied(base, claim):
            if differ(routes(claim.route), routes(behind.route)):
                says = f"The claim is about the {claim.route} route; the study used {behind.route}."
                yield Finding("route", claim.id, says)
                break
