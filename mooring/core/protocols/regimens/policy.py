"""What a series policy says: how many sessions, how often, for how long, with how much therapy."""

from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

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


def names() -> list[str]:
    """The series policies there are."""
    return policy_names(FOLDER)


@cache
def load(name: str) -> SeriesPolicy:
    """The policy of that name. Raises DataFileError when there is none or it does not fit."""
    return policy_file(FOLDER, name, "policy.toml", SeriesPolicy)
