"""The sources' figures for how much of a dose arrives, by route: each a number of a claim."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, model_validator

from mooring.core import evidence
from mooring.core.datafiles import Frozen, read_toml
from mooring.core.drugs.drug import Route
from mooring.core.evidence.models import Claim, Flag, Quantity, Status
from mooring.core.protocols.loading import ClaimId, DisagreementId

FILE = Path(__file__).parent / "routes.toml"
WHOLE = Decimal(100)


class Figure(Frozen):
    """One number together with the claim it belongs to; there is no number without one."""

    claim: Claim
    quantity: Quantity

    @property
    def low(self) -> Decimal:
        """The smallest share, in percent."""
        return self._stated(self.quantity.low)

    @property
    def high(self) -> Decimal:
        """The largest share, in percent; equal to `low` for a single number."""
        return self._stated(self.quantity.high)

    @property
    def number(self) -> str:
        """The name it has in the data file."""
        return f"{self.claim.id}#{self.quantity.of}"

    def _stated(self, end: Decimal | None) -> Decimal:
        stated = end if self.quantity.value is None else self.quantity.value
        if stated is None:
            raise ValueError(f"'{self.number}' has an open end: a mark needs one number or two")
        return stated


def _figure(number: object) -> object:
    """The claim and its number that "claim-id#of" names."""
    if not isinstance(number, str):
        raise ValueError('name a number as "claim-id#of"')
    name, _, of = number.rpartition("#")
    claims = evidence.load().claims
    if name not in claims:
        raise ValueError(f"the evidence has no claim '{name}'")
    for quantity in claims[name].quantities:
        if quantity.of == of:
            return Figure(claim=claims[name], quantity=quantity)
    raise ValueError(f"claim '{name}' has no number '{of}'")


Named = Annotated[Figure, BeforeValidator(_figure)]
"""A figure that the data file names as "claim-id#of"."""


class Mark(Frozen):
    """One figure for racemic ketamine that stands on the line of its route."""

    number: Named
    outlier: str = ""
    """Why it is shown outside the interval; empty where it belongs to it."""

    @model_validator(mode="after")
    def _share_of_racemic_ketamine(self) -> Self:
        figure = self.number
        about = (figure.claim.drug, figure.quantity.subject)
        if any("esketamine" in words for words in about):
            raise ValueError(f"'{figure.number}' tells of esketamine, which has no mark (D07)")
        if not any("racemic" in words for words in about):
            raise ValueError(f"'{figure.number}' does not say that it tells of racemic ketamine")
        if figure.quantity.unit != "%" or not 0 < figure.low <= figure.high <= WHOLE:
            raise ValueError(f"'{figure.number}' is no share above 0 and up to 100 %")
        return self


class Apart(Frozen):
    """A figure about the route that is on no line, and why."""

    number: Named
    reason: str


class RouteMarks(Frozen):
    """Everything the sources say about how much arrives by one route."""

    route: Route
    disagreement: DisagreementId | None = None
    note: str = ""
    marks: tuple[Mark, ...]
    apart: tuple[Apart, ...] = ()

    @property
    def contested(self) -> bool:
        """True where a claim behind a mark is contested."""
        return any(Flag.CONTESTED in mark.number.claim.flags for mark in self.marks)

    @model_validator(mode="after")
    def _about_this_route_and_once_each(self) -> Self:
        figures: list[Figure] = [mark.number for mark in self.marks]
        figures += [entry.number for entry in self.apart]
        for figure in figures:
            if figure.claim.route != self.route.value:
                raise ValueError(f"'{figure.number}' does not tell of the {self.route} route")
        _each_once(figure.number for figure in figures)
        if all(mark.outlier for mark in self.marks):
            raise ValueError("an interval needs at least one mark that is no outlier")
        return self


class Comparable(Frozen):
    """The routes that can be compared with a dose by vein, and what the comparison stands on."""

    reference: Named
    """The dose by vein that a comparison starts from, in mg."""
    usual_dose: ClaimId
    """Where that dose comes from: so much for each kilogram."""
    by_vein: tuple[Named, ...]
    """That all of a dose by vein arrives."""
    other_drug: DisagreementId
    """Why there is nothing about esketamine."""
    routes: tuple[RouteMarks, ...]

    @property
    def statuses(self) -> tuple[Status, ...]:
        """What can stand behind a mark, as far as it occurs."""
        found = {mark.number.claim.status for route in self.routes for mark in route.marks}
        return tuple(status for status in Status if status in found)

    @model_validator(mode="after")
    def _starts_from_an_amount_and_each_route_once(self) -> Self:
        if self.reference.quantity.unit != "mg" or self.reference.quantity.value is None:
            raise ValueError(f"'{self.reference.number}' is no amount in mg to start from")
        _each_once(marks.route.value for marks in self.routes)
        return self


def _each_once(names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"'{name}' stands twice")
        seen.add(name)


@cache
def load(path: Path = FILE) -> Comparable:
    """Read the marks of every route, each checked against the evidence.

    Raises DataFileError, naming the file, the entry and what would be right, when a number has no
    claim, is no share of racemic ketamine, or tells of another route.
    """
    evidence.load()  # what is wrong there is said once, not for each number that is named here
    return read_toml(path, Comparable)
