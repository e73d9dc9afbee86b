"""The numbers of one subject, as they are held against each other."""

from collections.abc import Iterator
from dataclasses import dataclass

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.numbers import Interval, dimension, plausible
from mooring.core.evidence.models import Claim, Quantity


@dataclass(frozen=True)
class Stated:
    """One number with the claim it stands in."""

    claim: Claim
    quantity: Quantity
    interval: Interval
    origins: frozenset[str]
    """The source of the claim, of what it relays, or of what it is computed from."""

    @property
    def dimension(self) -> str:
        """What sort of number it is."""
        return dimension(self.quantity)


def by_subject(base: EvidenceBase) -> dict[str, list[Stated]]:
    """For each subject its numbers, in the order of the files."""
    found: dict[str, list[Stated]] = {}
    for stated in _all(base):
        found.setdefault(stated.quantity.subject, []).append(stated)
    return found


def _all(base: EvidenceBase) -> Iterator[Stated]:
    for claim in base.claims.values():
        for quantity in claim.quantities:
            interval = plausible(quantity, claim.n)
            if quantity.subject and interval is not None:
                yield Stated(claim, quantity, interval, origins(base, claim))


def origins(base: EvidenceBase, claim: Claim) -> frozenset[str]:
    """Where the claim's numbers come from in the end."""
    behind = [*claim.computed_from, *filter(None, [claim.reports])]
    own = [claim.source or claim.id]
    return frozenset(own).union(*(origins(base, base.claim(name)) for name in behind))
