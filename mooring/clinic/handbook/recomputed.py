"""What of a claim can be calculated again, in words that somebody can follow with a pencil."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mooring.core.evidence import Arithmetic, Claim, EvidenceBase

IN_WORDS = {
    "product": "Multiplied",
    "sum": "Added",
    "difference": "Subtracted",
    "quotient": "Divided",
    "complement": "What is left of 100 %",
    "interval_from_rate": "From how often to how long between",
    "half_life": "From volume and clearance to half-life",
    "risk_difference": "Difference of two shares, with its Wald interval",
    "number_needed_to_treat": "From two shares to the number needed to treat",
}


@dataclass(frozen=True)
class Number:
    """One number of a calculation."""

    text: str
    claim: str
    """The claim it stands in, where that is another one; else empty."""


@dataclass(frozen=True)
class Step:
    """One calculation: what goes in, and what is on record as its result."""

    relation: str
    parts: tuple[Number, ...]
    result: str


def steps(claim: Claim, base: EvidenceBase) -> Iterator[Step]:
    """The calculations on record for a claim."""
    for one in claim.arithmetic:
        yield Step(
            IN_WORDS.get(one.relation, one.relation.replace("_", " ").capitalize()),
            tuple(_number(part, claim, base) for part in one.parts),
            _result(one, claim),
        )


def _number(part: str, claim: Claim, base: EvidenceBase) -> Number:
    name, _, of = part.rpartition("#")
    where = base.claims.get(name, claim) if name else claim
    return Number(_told(where, of), name)


def _result(one: Arithmetic, claim: Claim) -> str:
    return _told(claim, one.result)


def _told(claim: Claim, of: str) -> str:
    """The number with what it counts; the bare name where nothing carries it."""
    for number in claim.quantities:
        if number.of == of:
            return f"{number.of} {number.text}".strip()
    return of
