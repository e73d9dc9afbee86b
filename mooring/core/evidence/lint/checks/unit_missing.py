"""A number without a unit.

"50 to 200" can be milligrams, micrograms or drops. A reader fills in what seems likely, and for
an amount of a drug that is how a tenfold mistake begins.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.numbers import printed
from mooring.core.evidence.lint.wording import named


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each number that stands alone. Counts of a total have their unit in `per`."""
    for claim in base.claims.values():
        for quantity in claim.quantities:
            if not quantity.unit and printed(quantity) is not None:
                says = f"{named(quantity)} has no unit; the document gives none."
                yield Finding("unit_missing", claim.id, says)
