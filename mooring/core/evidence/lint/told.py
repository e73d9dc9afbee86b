"""The numbers that a statement tells, and those that its claim has on record."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from mooring.core.evidence.models import Claim, Quantity, Source
from mooring.core.evidence.units import units

_DIGITS = re.compile(r"(?<![\w.*])(?<![A-Za-z]-)[-−]?\d+(?:\.\d+)?")
"""A number in digits; not the 9 of PHQ-9 nor the 6 of CYP2B6*6."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_ONES = "one two three four five six seven eight nine ten eleven twelve"
_IN_WORDS = {
    **{word: number for number, word in enumerate(_ONES.split(), start=1)},
    **{"fifteen": 15, "seventeen": 17, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50},
    **{"sixty": 60, "ninety": 90, "hundred": 100, "once": 1, "twice": 2, "half": 50},
}


@dataclass(frozen=True)
class Told:
    """A number in digits with the known unit behind it, "" for none."""

    number: Decimal
    unit: str
    text: str

    @property
    def is_year(self) -> bool:
        """True for 2021 with no unit behind it."""
        return not self.unit and _YEAR.fullmatch(self.text) is not None


def numbers(statement: str) -> Iterator[Told]:
    """Every number in digits that the statement tells."""
    for match in _DIGITS.finditer(statement):
        behind = _unit_of(statement[match.end() :])
        number = Decimal(match[0].replace("−", "-"))
        yield Told(number, behind, f"{match[0]} {behind}".rstrip())


@cache
def _unit_at_start() -> re.Pattern[str]:
    longest_first = sorted(units(), key=len, reverse=True)
    return re.compile(rf"\s?({'|'.join(map(re.escape, longest_first))})(?![\w/])")


def _unit_of(rest: str) -> str:
    found = _unit_at_start().match(rest)
    return found[1] if found else ""


def recorded(claim: Claim, source: Source | None) -> frozenset[Decimal]:
    """Every number that the claim has on record, and so may tell."""
    found = {number for quantity in claim.quantities for number in _of(quantity)}
    described = " ".join((claim.population, claim.time_point, claim.comparator, claim.route))
    found |= {told.number for told in numbers(described)}
    counts = (claim.n, source.n if source else None, source.year if source else None)
    return frozenset(found | {Decimal(count) for count in counts if count is not None})


def _of(quantity: Quantity) -> Iterator[Decimal]:
    counts = (quantity.numerator, quantity.denominator)
    yield from printed(quantity)
    yield from quantity.confidence or ()
    yield from (Decimal(count) for count in counts if count is not None)
    yield from (told.number for told in numbers(f"{quantity.of} {quantity.arm}"))
    yield from (Decimal(digits) for digits in re.findall(r"\d+", quantity.unit))


def printed(quantity: Quantity) -> Iterator[Decimal]:
    """Its value, or the ends of its range."""
    yield from (n for n in (quantity.value, quantity.low, quantity.high) if n is not None)


def tells(statement: str, quantity: Quantity) -> bool:
    """True where the statement says its numbers, in digits or words, in this or a like unit."""
    said = {abs(told.number) for told in numbers(statement)}
    said |= {Decimal(_IN_WORDS[w]) for w in _words(statement) if w in _IN_WORDS}
    return all(said & set(_ways(abs(number), quantity.unit)) for number in printed(quantity))


def _words(statement: str) -> list[str]:
    return re.findall(r"[a-z]+", statement.lower())


def _ways(number: Decimal, unit: str) -> Iterator[Decimal]:
    """The number as it reads in each unit of its dimension: 120 min are 2 h."""
    yield number
    if unit:
        known = units()[unit]
        alike = (u.factor for u in units().values() if u.dimension == known.dimension)
        yield from (number * known.factor / factor for factor in alike)
