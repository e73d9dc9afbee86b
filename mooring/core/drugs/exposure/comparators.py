"""The amounts that an exposure is shown beside: each the number of a claim."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from mooring.core import evidence
from mooring.core.datafiles import Frozen, read_toml
from mooring.core.drugs.comparison.marks import Named
from mooring.core.evidence.units import units
from mooring.core.protocols.cited import Claims
from mooring.core.protocols.loading import ClaimId
from mooring.core.quantities import Milligrams

FILE = Path(__file__).parent / "comparators.toml"


class Kind(StrEnum):
    """What of an exposure a comparator is held against."""

    TOTAL = "total"
    DAY = "day"
    ONCE = "once"
    WINDOW = "window"


DIMENSIONS = {
    Kind.TOTAL: "mass",
    Kind.DAY: "dose a day",
    Kind.ONCE: "mass",
    Kind.WINDOW: "mass",
}


class Comparator(Frozen):
    """One published or computed amount."""

    id: str
    title: str
    kind: Kind
    number: Named
    hours: Named | None = None
    """For a window: within how many hours."""
    more: Annotated[tuple[ClaimId, ...], Field(alias="claims")] = ()
    corrected: str = ""
    """The correction that tells what a founding document got wrong here."""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        unit = units().get(self.number.quantity.unit)
        if unit is None or unit.dimension != DIMENSIONS[self.kind]:
            raise ValueError(f"'{self.number.number}' is no {DIMENSIONS[self.kind]}")
        if (self.kind is Kind.WINDOW) != (self.hours is not None):
            raise ValueError("hours: a window has them, and nothing else does")
        if self.hours is not None and self.hours.quantity.unit != "h":
            raise ValueError(f"'{self.hours.number}' is no number of hours")
        if self.corrected and self.corrected not in evidence.load().corrections:
            raise ValueError(f"corrected: the evidence has no correction '{self.corrected}'")
        return self

    @property
    def amount(self) -> Milligrams:
        """The amount in milligrams; of an interval the lower end."""
        return Milligrams(self.number.low * units()[self.number.quantity.unit].factor)

    @property
    def longest(self) -> int:
        """The hours of a window, of an interval the upper end; 0 for the other kinds."""
        return 0 if self.hours is None else int(self.hours.high)

    @property
    def claims(self) -> tuple[str, ...]:
        """The claim of the number, then what else is known about it."""
        return (self.number.claim.id, *self.more)


class Comparators(Frozen):
    """All of them, and what has to be said beside them."""

    caution: str
    caution_claims: Claims
    comparators: tuple[Comparator, ...]


@cache
def load(path: Path = FILE) -> Comparators:
    """The comparators. Raises DataFileError naming file, entry and field when one does not fit."""
    evidence.load()  # what is wrong there is said once, not for each number that is named here
    return read_toml(path, Comparators)
