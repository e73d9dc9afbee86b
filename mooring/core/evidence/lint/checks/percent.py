"""A percentage that is not its numerator over its denominator.

Counts and percentage are printed side by side and copied apart: a wrong one of the three is the
commonest slip there is, and the only one that anybody can recompute. 46 of 83 is 55.4 %, not
63.0 %. The printed number may differ by half a unit of its last digit, and by 15 % after "about".
"""

from collections.abc import Iterator
from decimal import Decimal

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.numbers import (
    SHARE,
    Interval,
    counted,
    dimension,
    printed,
    stated,
)
from mooring.core.evidence.lint.wording import named, share
from mooring.core.evidence.models import Quantity


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each percentage that its own counts do not come to."""
    for claim in base.claims.values():
        for quantity in claim.quantities:
            fraction = counted(quantity)
            if fraction is not None and not _allows(quantity, fraction):
                yield Finding("percent", claim.id, _sentence(quantity, fraction))


def _allows(quantity: Quantity, fraction: Decimal) -> bool:
    """True where the printed percentage can stand for the fraction, or where none is printed."""
    if printed(quantity) is None or dimension(quantity) != SHARE:
        return True
    allowed = stated(quantity)
    return allowed is not None and allowed.holds(Interval(fraction, fraction))


def _sentence(quantity: Quantity, fraction: Decimal) -> str:
    counts = f"{quantity.numerator} of {quantity.denominator} {quantity.per}"
    alone = quantity.model_copy(update={"numerator": None, "denominator": None, "per": ""})
    return f"{counts} is {share(fraction)}; the claim says {named(alone)}."
