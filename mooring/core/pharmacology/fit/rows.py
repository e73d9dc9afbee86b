"""How well the models fit what was measured: one row for each model and measured number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mooring.core.datafiles import read_toml
from mooring.core.pharmacology import models
from mooring.core.pharmacology.fit.measures import (
    EXTENSIVE,
    MINUTES,
    UNITS,
    Simulated,
    predicted,
)
from mooring.core.pharmacology.fit.study import Arithmetic, FitData, Observed, Run, Study
from mooring.core.pharmacology.graph import build
from mooring.core.pharmacology.models import Analyte, PublishedModel, SamplingSite, typical
from mooring.core.pharmacology.regimen import DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.system import Floats, LinearSystem

FILE = Path(__file__).parent / "studies.toml"

Profiles = Callable[[LinearSystem, Floats], Floats]
"""Concentrations (subjects, outputs, times) of a system at ascending minutes: the engine's."""


@dataclass(frozen=True)
class FitRow:
    """One measured number beside what one model says of it."""

    study: str
    regimen: str
    source: str
    measured_in: str
    """Arterial or venous blood, or not stated."""
    model: str
    model_site: SamplingSite
    observed_id: str
    analyte: Analyte
    unit: str
    observed: float
    predicted: float
    tolerance_percent: float
    tolerance_from: str
    reason: str
    """Why it misses; empty where it does not."""

    @property
    def ratio(self) -> float:
        """Predicted over observed."""
        return self.predicted / self.observed

    @property
    def within(self) -> bool:
        """Whether the model comes as close as the tolerance asks."""
        return abs(self.ratio - 1) * 100 <= self.tolerance_percent


@dataclass(frozen=True)
class ArithmeticRow:
    """One printed number beside the same number worked out from other printed ones."""

    entry: Arithmetic
    counted: float

    @property
    def within(self) -> bool:
        """Whether print and count agree."""
        return abs(self.counted / self.entry.value - 1) * 100 <= self.entry.tolerance_percent


@cache
def data() -> FitData:
    """Everything the models are held against. Raises DataFileError when the file does not fit."""
    return read_toml(FILE, FitData)


def rows(profiles: Profiles, studies: tuple[Study, ...] | None = None) -> list[FitRow]:
    """A row for every number that a model claims. `profiles` computes the concentrations."""
    chosen = data().studies if studies is None else studies
    return [row for study in chosen for run in study.runs for row in _rows(profiles, study, run)]


def not_run() -> list[Study]:
    """The studies that no model here is held against; each says why."""
    return [study for study in data().studies if study.not_run]


def arithmetic_rows() -> list[ArithmeticRow]:
    """The printed numbers that follow from others by counting."""
    return [ArithmeticRow(entry, float(entry.formula({}))) for entry in data().arithmetic]


def _rows(profiles: Profiles, study: Study, run: Run) -> Iterator[FitRow]:
    model = models.load(run.model)
    simulated = _simulated(profiles, study, run, model)
    reasons = {miss.observed: miss.reason for miss in run.misses}
    for observed in study.observed:
        yield _row(study, model, observed, simulated, reasons.get(observed.id, ""))


def _row(
    study: Study, model: PublishedModel, observed: Observed, simulated: Simulated, reason: str
) -> FitRow:
    share = study.share_measured if observed.measure in EXTENSIVE else 1.0
    return FitRow(
        study=study.id,
        regimen=study.title,
        source=study.source,
        measured_in=study.site,
        model=model.id,
        model_site=model.sampling_site,
        observed_id=observed.id,
        analyte=observed.analyte,
        unit=UNITS[observed.measure],
        observed=observed.value,
        predicted=share * predicted(observed, simulated),
        tolerance_percent=observed.tolerance_percent,
        tolerance_from=observed.tolerance_from,
        reason=reason,
    )


def _simulated(profiles: Profiles, study: Study, run: Run, model: PublishedModel) -> Simulated:
    system = _system(model, study, run, study.regimen())
    one = DoseEvent(0, 1, GivenAs.INTRAVENOUS_INFUSION, duration=1)
    return Simulated(
        system=system,
        curves=profiles(system, MINUTES)[0],
        dose=study.milligrams(),
        vein=_system(model, study, run, Regimen(study.drug, (one,))),
    )


def _system(model: PublishedModel, study: Study, run: Run, regimen: Regimen) -> LinearSystem:
    values = typical(model, study.covariates)
    return build(model, values, regimen, study.covariates, as_racemate=run.as_racemate)
