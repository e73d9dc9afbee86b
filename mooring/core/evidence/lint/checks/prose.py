"""A statement that names another number than the claim records.

The sentence is what people read, the recorded number is what rules and checks go by: where one of
them was mistyped both cannot be right. A finding is a number in digits that the claim does not
record, while a number that it records is not told. A dose by weight is held against the example
that the sentence gives: 0.5 mg/kg for 70 kg are 35 mg.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.told import Told, numbers, recorded, tells
from mooring.core.evidence.lint.wording import named, plain
from mooring.core.evidence.models import Claim, Quantity
from mooring.core.evidence.units import units

EXAMPLE = re.compile(
    r"(\d+(?:\.\d+)?) mg/kg\b[^.;]*?\b(\d+(?:\.\d+)?) mg\b(?!/)[^.;]*?\b(\d+(?:\.\d+)?) kg\b"
)


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each statement that tells another number, and each example that does not come out."""
    for claim in base.claims.values():
        for says in (*_other_number(base, claim), *_example(claim.statement)):
            yield Finding("prose", claim.id, says)


def _other_number(base: EvidenceBase, claim: Claim) -> Iterator[str]:
    known = recorded(claim, base.source_of(claim.id))
    tellings = (told for told in numbers(claim.statement) if not told.is_year)
    unknown = [told for told in tellings if told.number not in known]
    untold = [q for q in claim.quantities if not tells(claim.statement, q)]
    for told in unknown:
        for quantity in untold:
            if _may_be(told, quantity):
                yield (
                    f"The statement says {told.text}, which is not on record; "
                    f"{named(quantity)} is, and is not told."
                )
                return


def _may_be(told: Told, quantity: Quantity) -> bool:
    """False where the unit behind the number shows that another kind of number is meant."""
    if not told.unit or not quantity.unit:
        return True
    return units()[told.unit].dimension == units()[quantity.unit].dimension


def _example(statement: str) -> Iterator[str]:
    for dose, amount, weight in EXAMPLE.findall(statement):
        comes_to = Decimal(dose) * Decimal(weight)
        if comes_to != Decimal(amount):
            yield f"{dose} mg/kg for {weight} kg are {plain(comes_to)} mg, not {amount} mg."
