"""How amounts move in a model, enter it and are read from it."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from mooring.core.datafiles import Frozen
from mooring.core.pharmacology.expressions import Formula
from mooring.core.pharmacology.regimen import GivenAs


class Analyte(StrEnum):
    """What a concentration counts. Of an esketamine model it is the S form alone."""

    KETAMINE = "ketamine"
    NORKETAMINE = "norketamine"
    HYDROXYNORKETAMINE = "hydroxynorketamine"


class Flow(Frozen):
    """A first-order movement from one state into another; without `to` it leaves the body."""

    source: str = Field(alias="from")
    to: str | None = None
    rate: Formula
    """Per unit of the model's time."""


class Portion(Frozen):
    """The part of a dose that enters one state. `nth` in an expression is the device's number."""

    into: str
    fraction: Formula
    duration: Formula | None = None
    """Time over which it arrives at a constant rate; left out: as the order says, or at once."""
    lag: Formula | None = None


class ModelInput(Frozen):
    """What becomes of a dose given in one way."""

    given_as: GivenAs
    doses: str
    """The doses that were studied, for people to read."""
    portions: tuple[Portion, ...] = Field(min_length=1)


class Output(Frozen):
    """One measured concentration: `scale` times the amount in `state` is ng/mL."""

    analyte: Analyte
    state: str
    scale: Formula


class Covariance(Frozen):
    """A full block of variances and covariances between people, in the order of `parameters`."""

    parameters: tuple[str, ...] = Field(min_length=2)
    matrix: tuple[tuple[float, ...], ...]

    @model_validator(mode="after")
    def _square(self) -> Self:
        size = len(self.parameters)
        if [len(row) for row in self.matrix] != [size] * size:
            raise ValueError(f"the matrix is {size} by {size}, one row for each parameter")
        if self.matrix != tuple(zip(*self.matrix, strict=True)):
            raise ValueError("the matrix reads the same by row and by column")
        return self
