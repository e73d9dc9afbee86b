"""What was measured in people, as data, and which models are held against it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from mooring.core.datafiles import Frozen
from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology.expressions import Formula
from mooring.core.pharmacology.models import Analyte, Status
from mooring.core.pharmacology.regimen import Amount, DoseEvent, GivenAs, Regimen


class Measure(StrEnum):
    """What is read from a concentration curve; the unit stands beside."""

    PEAK = "peak"
    """Highest concentration, ng/mL."""
    TIME_OF_PEAK = "time_of_peak"
    """Minutes from the first dose."""
    AREA = "area"
    """Area under the curve, ng·h/mL; without `until` to the very end."""
    CLEARANCE = "clearance"
    """Dose over the whole area, L/h."""
    HALF_LIFE = "half_life"
    """Hours in which the concentration halves, 12 to 24 hours after the first dose."""
    ABSORBED = "absorbed"
    """Area against the area of the same amount into a vein, percent."""


WINDOWED = frozenset({Measure.PEAK, Measure.TIME_OF_PEAK, Measure.AREA})
"""What is read from a stretch of time."""


class Given(Frozen):
    """One dose of a study."""

    time: float = 0
    amount: float
    unit: Amount = Amount.MILLIGRAMS
    given_as: GivenAs
    duration: float | None = None
    nth: int = 1

    def event(self) -> DoseEvent:
        """The dose as a regimen has it."""
        return DoseEvent(**self.model_dump())


class Observed(Frozen):
    """One measured number, and how close a model has to come."""

    id: str
    measure: Measure
    value: float = Field(gt=0)
    analyte: Analyte = Analyte.KETAMINE
    after: float = Field(default=0, ge=0)
    """The first minute that is looked at."""
    until: float | None = Field(default=None, gt=0)
    """The last minute that is looked at; left out: the end of the day, or of the area."""
    tolerance_percent: float = Field(gt=0)
    tolerance_from: str
    """Where the tolerance comes from."""

    @model_validator(mode="after")
    def _window_used(self) -> Self:
        if self.measure not in WINDOWED and (self.after > 0 or self.until is not None):
            raise ValueError(f"{self.measure} looks at no window; leave after and until out")
        return self


class Miss(Frozen):
    """Why one number is not reached."""

    observed: str
    reason: str = Field(min_length=1)


class Run(Frozen):
    """A model held against the study."""

    model: str
    as_racemate: bool = False
    misses: tuple[Miss, ...] = ()


class Study(Frozen):
    """A regimen that was given, and what was measured after it."""

    id: str
    title: str
    source: str
    status: Status
    """How far what was measured could be followed back."""
    site: Literal["arterial", "venous", "not stated"]
    drug: Drug
    share_measured: float = Field(default=1, gt=0, le=1)
    """0.5 where each form of the racemate was measured alone."""
    covariates: dict[str, float]
    given: tuple[Given, ...] = ()
    observed: tuple[Observed, ...] = ()
    runs: tuple[Run, ...] = ()
    not_run: str = ""
    """Why no model here is held against it."""

    def regimen(self) -> Regimen:
        """What was given."""
        return Regimen(self.drug, tuple(one.event() for one in self.given))

    def milligrams(self) -> float:
        """All that was given."""
        per_unit = {
            Amount.MILLIGRAMS: 1.0,
            Amount.MILLIGRAMS_PER_KILOGRAM: self.covariates["weight"],
        }
        return sum(one.amount * per_unit[one.unit] for one in self.given)

    @model_validator(mode="after")
    def _names_known(self) -> Self:
        known = {one.id for one in self.observed}
        for run in self.runs:
            _refuse_unknown((miss.observed for miss in run.misses), known)
        if bool(self.runs) == bool(self.not_run):
            raise ValueError("give runs, or say in not_run why there are none")
        return self


class Arithmetic(Frozen):
    """A printed number that follows from other printed numbers by counting alone."""

    id: str
    title: str
    source: str
    formula: Formula
    value: float
    unit: str
    tolerance_percent: float = Field(gt=0)
    tolerance_from: str


class FitData(Frozen):
    """Everything the models are held against."""

    studies: tuple[Study, ...]
    arithmetic: tuple[Arithmetic, ...]


def _refuse_unknown(names: Iterable[str], known: set[str]) -> None:
    for name in names:
        if name not in known:
            raise ValueError(f"nothing observed is called '{name}'; there is {sorted(known)}")
