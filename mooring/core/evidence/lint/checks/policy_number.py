"""A rule that goes by another number than the claims it cites.

A policy says 0.5 mg/kg and names where that stands. When the claim is corrected, or the policy
mistyped, the page would show a source that says something else than what is done. A rule is held
against the claims it names, in the unit that it says; what has no unit there cannot be.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from mooring.core.datafiles import parse, shown
from mooring.core.evidence.base import EvidenceBase
from mooring.core.evidence.lint.finding import Finding
from mooring.core.evidence.lint.told import numbers, printed
from mooring.core.evidence.models import Claim
from mooring.core.evidence.rules import rule_files
from mooring.core.evidence.units import units

UNITS = {
    **{"mg": "mg", "mg_per_kg": "mg/kg", "mg_per_ml": "mg/mL"},
    **{"minutes": "min", "over_minutes": "min", "hours": "h"},
}
"""The fields of a rule that hold a number, with their unit; `value` says its own beside it."""


@dataclass(frozen=True)
class Ruled:
    """A number of a rule, and the claims that the rule names for it."""

    file: str
    number: Decimal
    unit: str
    claims: tuple[str, ...]


def find(base: EvidenceBase) -> Iterator[Finding]:
    """Each rule whose number none of its claims has, at the first of them."""
    for ruled in _rules():
        if not all(name in base.claims for name in ruled.claims):
            continue
        claims = [base.claim(name) for name in ruled.claims]
        if any(claim.quantities for claim in claims) and not _carried(ruled, claims):
            says = f"{ruled.file} goes by {ruled.number:f} {ruled.unit}; no claim it cites says so."
            yield Finding("policy_number", claims[0].id, says, ruled.claims[1:])


def _carried(ruled: Ruled, claims: list[Claim]) -> bool:
    if any(told.number == ruled.number for c in claims for told in numbers(c.statement)):
        return True
    return any(
        _alike(ruled, number, quantity.unit)
        for claim in claims
        for quantity in claim.quantities
        for number in printed(quantity)
    )


def _alike(ruled: Ruled, number: Decimal, unit: str) -> bool:
    if ruled.unit not in units() or unit not in units():
        return number == ruled.number
    mine, yours = units()[ruled.unit], units()[unit]
    if mine.dimension != yours.dimension:
        return number == ruled.number
    return abs(ruled.number * mine.factor - number * yours.factor) < Decimal("1e-6")


@cache
def _rules() -> tuple[Ruled, ...]:
    return tuple(ruled for path in rule_files() for ruled in _in(parse(path), path))


def _in(entry: Any, path: Path) -> Iterator[Ruled]:
    """Every number with claims beside it, however deep."""
    if isinstance(entry, list):
        for part in entry:
            yield from _in(part, path)
    elif isinstance(entry, dict):
        claims = entry.get("claims")
        if isinstance(claims, list) and claims:
            for field, number in entry.items():
                unit = entry.get("unit", "") if field == "value" else UNITS.get(field)
                if unit is not None and type(number) in (int, Decimal):
                    yield Ruled(shown(path), Decimal(number), unit, tuple(claims))
        for part in entry.values():
            yield from _in(part, path)
