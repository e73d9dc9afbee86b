"""More than there are: a rate above 100 %, a part above its whole, more people than took part.

A share of people, days or sessions has an end. 120 % of people, 24 of 17 or 400 of the 40 people
of a study is a slip of the hand, and every number calculated from it would be wrong as well.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.numbers import SHARE, dimension, scale
from mooring.core.evidence.lint.persons import PEOPLE, kind
from mooring.core.evidence.lint.wording import named
from mooring.core.evidence.models import Claim, Measure, Quantity


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each such number."""
    for claim in base.claims.values():
        for says in _of(base, claim):
            yield Finding("more_than_all", claim.id, says)


def _of(base: EvidenceBase, claim: Claim) -> Iterator[str]:
    source = base.source_of(claim.id)
    took_part = source.n if source is not None else None
    if claim.n is not None and took_part is not None and claim.n > took_part:
        yield f"The claim is about {claim.n} people; {took_part} took part in the study."
    people = took_part if claim.n is None else claim.n
    for quantity in claim.quantities:
        if _beyond(quantity):
            yield f"{named(quantity)}: a rate lies between 0 and 100 %."
        if (quantity.numerator or 0) > (quantity.denominator or 0):
            yield f"{quantity.numerator} is more than the {quantity.denominator} it is counted of."
        if people is not None and _counted(quantity) > people:
            yield f"{named(quantity)}: more are counted than the {people} people it is about."


def _beyond(quantity: Quantity) -> bool:
    if quantity.measure is not Measure.RATE or dimension(quantity) != SHARE:
        return False
    ends = (quantity.value, quantity.low, quantity.high, *(quantity.confidence or ()))
    return any(not 0 <= end * scale(quantity) <= 1 for end in ends if end is not None)


def _counted(quantity: Quantity) -> int:
    """How many people; 0 where something else is counted."""
    return (quantity.denominator or 0) if kind(quantity.per) == PEOPLE else 0
