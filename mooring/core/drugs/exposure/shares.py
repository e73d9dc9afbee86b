"""How much of a dose arrives: the figures on record for a drug by a route, as an interval."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from mooring.core import evidence
from mooring.core.datafiles import Frozen, read_toml
from mooring.core.drugs.comparison.marks import WHOLE, Named
from mooring.core.drugs.drug import Drug, Route
from mooring.core.protocols.loading import DisagreementId

FILE = Path(__file__).parent / "shares.toml"


class Share(Frozen):
    """The figures for one drug by one or more routes."""

    drug: Drug
    routes: Annotated[tuple[Route, ...], Field(min_length=1)]
    figures: Annotated[tuple[Named, ...], Field(min_length=1)]
    disagreement: DisagreementId | None = None
    note: str = ""

    @model_validator(mode="after")
    def _shares_of_this_drug(self) -> Self:
        for figure in self.figures:
            if figure.quantity.unit != "%" or not 0 < figure.low <= figure.high <= WHOLE:
                raise ValueError(f"'{figure.number}' is no share above 0 and up to 100 %")
            told = figure.claim.drug
            if told and ("esketamine" in told) != (self.drug is Drug.ESKETAMINE):
                raise ValueError(f"'{figure.number}' tells of {told}, not of {self.drug.display}")
        return self

    @property
    def low(self) -> Decimal:
        """The smallest share on record, in percent."""
        return min(figure.low for figure in self.figures)

    @property
    def high(self) -> Decimal:
        """The largest share on record, in percent; equal to `low` for a single figure."""
        return max(figure.high for figure in self.figures)

    @property
    def claims(self) -> tuple[str, ...]:
        """The claims behind the figures."""
        return tuple(figure.claim.id for figure in self.figures)


class _SharesFile(Frozen):
    shares: tuple[Share, ...]

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        seen: set[tuple[Drug, Route]] = set()
        for entry in self.shares:
            for route in entry.routes:
                if (entry.drug, route) in seen:
                    raise ValueError(f"{entry.drug} by the {route} route stands twice")
                seen.add((entry.drug, route))
        return self


@cache
def load(path: Path = FILE) -> tuple[Share, ...]:
    """Every share. Raises DataFileError naming file and entry when one does not fit."""
    evidence.load()  # what is wrong there is said once, not for each number that is named here
    return read_toml(path, _SharesFile).shares


def share(drug: Drug, route: Route) -> Share | None:
    """How much of that drug arrives by that route; None where no figure is on record."""
    for entry in load():
        if entry.drug is drug and route in entry.routes:
            return entry
    return None
