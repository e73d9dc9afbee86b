"""Runs the checks over the evidence, and tells what is acknowledged from what is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint import checks
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.numbers import counted, printed

STALE = "stale_acknowledgement"


class Check(Protocol):
    """A module of the package `checks`."""

    __doc__: str | None

    def find(self, base: EvidenceBase) -> Iterator[Finding]:
        """Everything in the evidence that this check objects to."""


@dataclass(frozen=True)
class Report:
    """What the linter found, and how much it looked at."""

    open: tuple[Finding, ...]
    """Nobody has looked at these."""
    acknowledged: tuple[tuple[Finding, str], ...]
    """Each with the reason why it stands."""
    claims: int
    numbers: int
    """All that are on record. Most stand by themselves: nothing recorded says what they must be."""
    recomputed: int
    """Numbers that follow from others and were calculated again."""


@cache
def names() -> tuple[str, ...]:
    """The checks, by listing their folder."""
    return tuple(sorted(module.name for module in iter_modules(checks.__path__)))


def check(name: str) -> Check:
    """The check of that name. Raises ModuleNotFoundError when there is none."""
    return cast(Check, import_module(f"{checks.__name__}.{name}"))


def findings(base: EvidenceBase) -> tuple[Finding, ...]:
    """What all checks find, but for acknowledgements that outlived what they were about."""
    return tuple(f for name in names() if name != STALE for f in check(name).find(base))


def lint(base: EvidenceBase) -> Report:
    """Run every check."""
    found = (*findings(base), *check(STALE).find(base))
    reasons = [(finding, reason(base, finding)) for finding in found]
    return Report(
        open=tuple(finding for finding, why in reasons if why is None),
        acknowledged=tuple((finding, why) for finding, why in reasons if why is not None),
        claims=len(base.claims),
        numbers=sum(len(claim.quantities) for claim in base.claims.values()),
        recomputed=_recomputed(base),
    )


def reason(base: EvidenceBase, finding: Finding) -> str | None:
    """Why the finding stands: what a person wrote, or the correction that says so to readers."""
    mark = finding.fingerprint
    for name in finding.claims:
        for acknowledged in base.claim(name).acknowledged:
            if acknowledged.check == finding.check and mark in acknowledged.findings:
                return acknowledged.reason
    for correction in base.corrections.values():
        if mark in correction.findings and set(finding.claims) & set(correction.claims):
            return f"{correction.id}: {correction.text}"
    return None


def _recomputed(base: EvidenceBase) -> int:
    shares = sum(
        counted(q) is not None and printed(q) is not None
        for claim in base.claims.values()
        for q in claim.quantities
    )
    return shares + sum(len(claim.arithmetic) for claim in base.claims.values())
