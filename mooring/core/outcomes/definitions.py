"""Outcome definitions as data: each has an id, a number and the claims behind it."""

from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from mooring.core.datafiles import read_toml
from mooring.core.protocols.loading import ClaimId, DisagreementId, Frozen

Claims = Annotated[tuple[ClaimId, ...], Field(min_length=1)]


class Met(StrEnum):
    """Whether a definition is met. Unknown is an answer of its own, never a no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    @classmethod
    def of(cls, known: bool | None) -> "Met":
        """True, False and None as yes, no and unknown."""
        if known is None:
            return cls.UNKNOWN
        return cls.YES if known else cls.NO


class ResponseDefinition(Frozen):
    """A fall of the total from baseline by at least so many percent."""

    kind: Literal["response"]
    id: str
    measure: str
    name: str
    fall_percent: int = Field(gt=0, le=100)
    claims: Claims

    def met(self, total: int, baseline: int | None) -> bool | None:
        """Whether this total is a response; None without a baseline or with one of 0."""
        line = self.line(baseline)
        return None if line is None else total <= line

    def line(self, baseline: int | None) -> Decimal | None:
        """The highest total that still meets the definition, for the chart."""
        if baseline is None or baseline == 0:
            return None
        return Decimal(baseline) * (100 - self.fall_percent) / 100


class RemissionDefinition(Frozen):
    """A total of at most so much, whatever the baseline was."""

    kind: Literal["remission"]
    id: str
    measure: str
    name: str
    at_most: int = Field(ge=0)
    claims: Claims

    def met(self, total: int, baseline: int | None) -> bool | None:  # noqa: ARG002
        """Whether this total is remission; the baseline plays no part."""
        return total <= self.at_most

    def line(self, baseline: int | None) -> Decimal | None:  # noqa: ARG002
        """The highest total that still meets the definition, for the chart."""
        return Decimal(self.at_most)


Definition = ResponseDefinition | RemissionDefinition


class LossDefinition(Frozen):
    """How many scores in a row above the response line, how far apart, end a response."""

    id: str
    name: str
    scores_in_a_row: int = Field(ge=2)
    days_apart: int = Field(ge=1)
    """First and last of the row lie at least so many days apart: a week, with a day to spare."""
    claims: Claims


class ResponderRange(Frozen):
    """A responder type: from this infusion on, until the next type begins."""

    id: str
    first_infusion: int = Field(ge=1)
    claims: Claims


class ResponderDefinition(Frozen):
    """When a response counts as sustained, which type it makes, and when none may be called."""

    scores_in_a_row: int = Field(ge=2)
    non_responder_from: int = Field(ge=1)
    types: tuple[ResponderRange, ...]
    claims: Claims
    disagreements: tuple[DisagreementId, ...]


class _File(Frozen):
    definitions: tuple[Annotated[Definition, Field(discriminator="kind")], ...]
    loss: LossDefinition
    responders: ResponderDefinition


_FILE = read_toml(Path(__file__).parent / "definitions.toml", _File)

DEFINITIONS: dict[str, Definition] = {found.id: found for found in _FILE.definitions}
"""Response and remission, by id."""

LOSS = _FILE.loss
"""When a sustained response counts as lost."""

RESPONDERS = _FILE.responders
"""How responders are told apart."""
