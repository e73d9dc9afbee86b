"""Benzodiazepines of a day as diazepam, by each published table apart. Tables are not averaged.

Sums are exact fractions: 8 mg made of thirds is 8 mg, and no more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Self

from pydantic import model_validator

from mooring.core import evidence
from mooring.core.datafiles import Frozen, read_toml
from mooring.core.evidence.models import Quantity
from mooring.core.protocols.loading import ClaimId

FILE = Path(__file__).parent / "equivalents.toml"
REFERENCE = "diazepam"


class Table(Frozen):
    """One published table: each dose of its claim is set beside its dose of diazepam."""

    id: str
    title: str
    claim: ClaimId

    @model_validator(mode="after")
    def _has_diazepam_in_milligrams(self) -> Self:
        quantities = evidence.load().claim(self.claim).quantities
        if any(quantity.unit != "mg" for quantity in quantities):
            raise ValueError(f"'{self.claim}': every dose of a table is in mg")
        if self._dose(REFERENCE) is None:
            raise ValueError(f"'{self.claim}': a table names its dose of {REFERENCE}")
        return self

    def for_one_mg(self, medicine: str) -> tuple[Fraction, Fraction] | None:
        """The least and the most diazepam, in mg, that 1 mg is set beside; None where not told."""
        dose, reference = self._dose(medicine), self._dose(REFERENCE)
        if dose is None or reference is None:
            return None
        return reference[0] / dose[1], reference[1] / dose[0]

    def _dose(self, medicine: str) -> tuple[Fraction, Fraction] | None:
        for quantity in evidence.load().claim(self.claim).quantities:
            if quantity.of == medicine:
                return _ends(quantity)
        return None


@dataclass(frozen=True)
class Benzodiazepine:
    """One benzodiazepine of the list with its mg in a day; None where that is unknown."""

    medicine: str
    mg: Fraction | None


@dataclass(frozen=True)
class TableSum:
    """What one table makes of the benzodiazepines, in mg diazepam a day."""

    table: Table
    low: Fraction
    high: Fraction
    missing: tuple[str, ...]
    """Medicines that are not in the sum: not in the table, or with an unknown daily amount."""

    @property
    def whole(self) -> bool:
        """True where every benzodiazepine is in the sum; else it is a least amount."""
        return not self.missing


class _TablesFile(Frozen):
    tables: tuple[Table, ...]


@cache
def tables(path: Path = FILE) -> tuple[Table, ...]:
    """The tables there are. Raises DataFileError when one has no claim, no mg or no diazepam."""
    evidence.load()
    return read_toml(path, _TablesFile).tables


def sums(taken: Sequence[Benzodiazepine]) -> tuple[TableSum, ...]:
    """For each table the sum over what is taken; tables that know none of it are left out."""
    found = (_sum(table, taken) for table in tables())
    return tuple(one for one in found if one is not None)


def _sum(table: Table, taken: Sequence[Benzodiazepine]) -> TableSum | None:
    low = high = Fraction(0)
    missing: list[str] = []
    for one in taken:
        factor = table.for_one_mg(one.medicine)
        if factor is None or one.mg is None:
            missing.append(one.medicine)
        else:
            low += one.mg * factor[0]
            high += one.mg * factor[1]
    if len(missing) == len(taken):
        return None
    return TableSum(table, low, high, tuple(missing))


def _ends(quantity: Quantity) -> tuple[Fraction, Fraction]:
    low = quantity.low if quantity.value is None else quantity.value
    high = quantity.high if quantity.value is None else quantity.value
    if not low or not high:
        raise ValueError(f"the dose of {quantity.of} needs one number, or two, above 0")
    return Fraction(low), Fraction(high)


def shown(mg: Fraction) -> Decimal:
    """The amount to a hundredth of a milligram, for reading; comparisons use the exact one."""
    exact = Decimal(mg.numerator) / Decimal(mg.denominator)
    return exact.quantize(Decimal("0.01"))
