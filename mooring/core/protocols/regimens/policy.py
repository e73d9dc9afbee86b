"""What a regimen policy says: how many sessions, how often, for how long.

A series counts infusions towards a number, with therapy beside them; phases say how often a drug is
given by one route from week to week.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, RootModel, model_validator

from mooring.core.drugs.drug import Drug, Route
from mooring.core.protocols.loading import (
    ClaimId,
    DisagreementId,
    Frozen,
    policy_file,
    policy_names,
)

FOLDER = Path(__file__).parent

Claims = Annotated[tuple[ClaimId, ...], Field(min_length=1)]


class AtLeast(Frozen):
    """A number the series reaches."""

    at_least: int = Field(gt=0)
    claims: Claims


class Span(Frozen):
    """A range the series stays in, both ends included."""

    at_least: int = Field(gt=0)
    at_most: int = Field(gt=0)
    claims: Claims

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.at_least > self.at_most:
            raise ValueError("at_least: lies above at_most")
        return self


class Said(Frozen):
    """A sentence of the plan that no count can check."""

    text: str
    claims: Claims


class Judging(Said):
    """From which infusion on non-response may be discussed, with what speaks against waiting."""

    not_before: int = Field(gt=0)
    settled_at: int = Field(gt=0)
    other_side: str
    disagreements: tuple[DisagreementId, ...] = Field(min_length=1)


class SeriesPolicy(Frozen):
    """One named plan of a series of infusions."""

    kind: Literal["series"]
    id: str
    version: str
    title: str
    infusions: AtLeast
    minutes: AtLeast
    weeks: Span
    per_week: Span
    therapy_visits: AtLeast
    sitter: Said
    non_response: Judging


class Phase(Said):
    """How often, in some weeks of the course. The first session falls in week 1."""

    from_week: int = Field(ge=1)
    to_week: int | None = Field(default=None, ge=1)
    """The last week of the phase; None goes on until somebody ends the course."""
    at_least: int = Field(ge=1)
    """So many sessions in every `in_weeks` weeks."""
    in_weeks: int = Field(default=1, ge=1)
    at_most: int = Field(ge=1)
    """No more sessions than this in one week."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to_week is not None and self.to_week < self.from_week:
            raise ValueError("to_week: lies before from_week")
        return self

    def holds(self, week: int) -> bool:
        """True for a week of this phase."""
        return self.from_week <= week and (self.to_week is None or week <= self.to_week)


class PhasedPolicy(Frozen):
    """One named plan of how often one drug is given by one route."""

    kind: Literal["phases"]
    id: str
    version: str
    title: str
    summary: str
    drug: Drug
    route: Route
    phases: tuple[Phase, ...] = Field(min_length=1)
    unsourced: tuple[str, ...] = ()
    """What the plan does not say because no source that was read does."""

    @model_validator(mode="after")
    def _phases_follow_each_other(self) -> Self:
        begin: int | None = 1
        for phase in self.phases:
            if begin is None or phase.from_week != begin:
                raise ValueError("phases: each begins the week after the one before, from week 1")
            begin = None if phase.to_week is None else phase.to_week + 1
        return self


RegimenPolicy = SeriesPolicy | PhasedPolicy


class _File(RootModel[Annotated[RegimenPolicy, Field(discriminator="kind")]]):
    """A policy.toml of either kind."""


def names() -> list[str]:
    """The regimen policies there are."""
    return policy_names(FOLDER)


@cache
def load(name: str, version: str | None = None) -> RegimenPolicy:
    """The policy of that name. Raises DataFileError when there is none or it does not fit."""
    return policy_file(FOLDER, name, "policy.toml", _File, version).root
