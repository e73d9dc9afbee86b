"""A share of one thing that is told as a share of another.

86 % of days without alcohol is not 86 % of people who stayed sober: a few people can account for
most of the drinking days. What the study counts has to be what the statement counts.
"""

from collections.abc import Iterator

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.numbers import SHARE, dimension
from mooring.core.evidence.lint.persons import PEOPLE, kind
from mooring.core.evidence.lint.relay import rates, relays, same
from mooring.core.evidence.lint.wording import named
from mooring.core.evidence.models import Claim, Quantity


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each relayed share whose study counts something else."""
    for claim, reported in relays(base):
        for quantity in rates(claim):
            other = _counts_otherwise(quantity, reported)
            if other is not None:
                yield Finding("unit_of_analysis", claim.id, _sentence(quantity, other))


def _counts_otherwise(quantity: Quantity, reported: Claim) -> Quantity | None:
    """The study's share, where none of those it can be is of the same thing."""
    shares = [q for q in reported.quantities if dimension(q) == SHARE and q.per]
    behind = [q for q in shares if same(q, quantity)] or shares
    mine = kind(quantity.per)
    if not behind or any(kind(q.per) == mine for q in behind):
        return None
    return behind[0]


def _sentence(quantity: Quantity, other: Quantity) -> str:
    alone = quantity.model_copy(update={"per": ""}).text
    told = f"the claim tells {alone} of {quantity.per or PEOPLE}"
    return f"The study counts {other.per} ({named(other)}); {told}."
