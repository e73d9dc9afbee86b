"""A value from the middle of a course that is told as its result.

After three treatments 38 % were free of suicidal thoughts, at the end of the course 80.9 %. Whoever
quotes the first as what the treatment achieves compares a half-finished course with a whole one.
"""

from collections.abc import Iterator, Sequence

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.relay import relays, same
from mooring.core.evidence.lint.wording import named
from mooring.core.evidence.models import Claim, Quantity


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each relayed number that is in a series and not its last, where the last is left out."""
    for claim, reported in relays(base):
        for series in _series(reported):
            for quantity in claim.quantities:
                if _interim(quantity, series, claim):
                    yield Finding("interim_value", claim.id, _sentence(quantity, series))


def _series(claim: Claim) -> list[list[Quantity]]:
    """The numbers with a stage, first to last, those of each group and subject apart."""
    found: dict[tuple[str, str], list[Quantity]] = {}
    for quantity in claim.quantities:
        if quantity.stage is not None:
            found.setdefault((quantity.arm, quantity.subject), []).append(quantity)
    return [sorted(series, key=lambda q: q.stage or 0) for series in found.values()]


def _interim(quantity: Quantity, series: Sequence[Quantity], claim: Claim) -> bool:
    last = series[-1]
    if any(same(q, last) for q in claim.quantities):
        return False
    return any(same(quantity, earlier) for earlier in series[:-1])


def _sentence(quantity: Quantity, series: Sequence[Quantity]) -> str:
    course = ", then ".join(q.text for q in series)
    return (
        f"The claim gives {named(quantity)}, a value from the course; the study has "
        f"{course} at the end."
    )
