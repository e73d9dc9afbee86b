"""One number of a published model: its value, and where it was printed."""

from __future__ import annotations

import math
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from mooring.core.datafiles import Frozen
from mooring.core.pharmacology.expressions import Formula

Unit = Literal["L", "L/kg", "L/h", "L/min", "L/h/year", "1/h", "1/min", "h", "min", "1"]


class Status(StrEnum):
    """How far a number could be followed back."""

    TABLE_VERIFIED = "table-verified"
    """In a numbered table of the paper, read there or through what the source names."""
    ABSTRACT = "abstract"
    """In the paper's abstract."""
    CODE_ONLY = "code-only"
    """In other people's programs; the paper's own table was not seen."""
    SECONDARY = "secondary"
    """Quoted by a later author."""
    COMPUTED = "computed"
    """Worked out here from published numbers; the note says how."""
    ASSUMED = "assumed"
    """Printed nowhere; the note says what stands here and why."""


class Distribution(StrEnum):
    """The scale on which people differ by a normal amount."""

    LOGNORMAL = "lognormal"
    LOGIT = "logit"


class Variability(Frozen):
    """How far people, or one person's occasions, lie apart. One of the two numbers is given."""

    distribution: Distribution
    cv_percent: float | None = Field(default=None, gt=0)
    """Coefficient of variation of the parameter itself; lognormal only."""
    variance: float | None = Field(default=None, gt=0)
    """Variance on the scale of the distribution (omega squared)."""
    note: str = ""

    @model_validator(mode="after")
    def _one_number(self) -> Self:
        if (self.cv_percent is None) == (self.variance is None):
            raise ValueError("give cv_percent or variance, one of the two")
        if self.cv_percent is not None and self.distribution is not Distribution.LOGNORMAL:
            raise ValueError("cv_percent goes with the lognormal distribution; give variance")
        return self

    @property
    def omega_squared(self) -> float:
        """The variance on the scale of the distribution."""
        if self.variance is not None:
            return self.variance
        assert self.cv_percent is not None  # noqa: S101  # the validator holds it
        return math.log1p((self.cv_percent / 100) ** 2)


class Alternative(Frozen):
    """Another published value, where sources do not agree: a scenario to run beside."""

    value: float
    paper: str
    population: str
    status: Status


class Parameter(Frozen):
    """A value with its provenance. Unit and value are as printed."""

    value: float
    unit: Unit
    paper: str
    table: str
    population: str
    status: Status
    typical: Formula | None = None
    """The value for a person of given covariates, from published values; `value` alone if left
    out."""
    between_subjects: Variability | None = None
    between_occasions: Variability | None = None
    alternatives: tuple[Alternative, ...] = ()
    note: str = ""
