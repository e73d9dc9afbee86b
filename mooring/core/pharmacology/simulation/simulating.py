"""Runs a model, and holds what came out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mooring.core.pharmacology.caveats import beside, everywhere
from mooring.core.pharmacology.engine import profiles
from mooring.core.pharmacology.graph import build
from mooring.core.pharmacology.models import PublishedModel, typical
from mooring.core.pharmacology.population import varies
from mooring.core.pharmacology.regimen import Regimen
from mooring.core.pharmacology.simulation import drawing, tables
from mooring.core.pharmacology.summaries import BANDS, People, Summary, summarise
from mooring.core.pharmacology.summaries.plain import numbers
from mooring.core.pharmacology.system import Floats

DAY = np.arange(0.0, 1441.0)
"""Minutes looked at where no others are asked for."""
SENTENCE = "Simulation for education, not dosing advice."


@dataclass(frozen=True)
class Simulation:
    """A model run with a regimen. Concentrations are ng/mL, times minutes."""

    model: PublishedModel
    regimen: Regimen
    times: Floats
    outputs: tuple[str, ...]
    typical: Floats
    """The typical person of these covariates, shape (outputs, times)."""
    summary: Summary | None
    """Of the virtual people; None when none were asked for."""

    @property
    def typical_numbers(self) -> People:
        """Peak, its time and area of the typical person, each of shape (1, outputs)."""
        return numbers(self.typical[None], self.times, ())

    @property
    def caveats(self) -> tuple[str, ...]:
        """What has to stand beside every curve, whether printed or drawn."""
        site = f"{self.model.sampling_site.capitalize()} concentrations"
        of = f"{site}, a model of {self.model.drug.display}"
        drawn = f"{of}; numbers of the model: {self.model.status.replace('-', ' ')}."
        said = [SENTENCE, drawn, *_seen_through(self.model), *self._beside()]
        if self.summary is not None and not varies(self.model):
            said.append("The model publishes no differences between people: all are alike.")
        return tuple(said)

    def _beside(self) -> tuple[str, ...]:
        """What is known of such curves, each once however many ways the drug is given."""
        as_racemate = self.regimen.drug is not self.model.drug
        ways = sorted({event.given_as for event in self.regimen.events})
        found = [beside(self.model.id, way, as_racemate, self.outputs) for way in ways]
        return tuple(dict.fromkeys(one.text for each in (*found, everywhere()) for one in each))

    def columns(self) -> dict[str, list[Any]]:
        """One row for each time, analyte and statistic: typical, p5, p25 and so on."""
        return tables.curves(self.times, self.outputs, self.typical, self.summary)

    def people(self) -> dict[str, list[Any]]:
        """One row for each virtual person and analyte. Raises ValueError when there are none."""
        if self.summary is None:
            raise ValueError("people: none were simulated; ask for some, for example people=1000")
        return tables.people(self.outputs, self.summary.people)

    def to_polars(self) -> Any:
        """The curves as a Polars frame. Raises MissingExtraError."""
        return tables.frame("polars", self.columns())

    def to_pandas(self) -> Any:
        """The curves as a pandas frame. Raises MissingExtraError."""
        return tables.frame("pandas", self.columns())

    def to_csv(self, path: Path | str) -> None:
        """Write the curves as a table with commas."""
        tables.to_csv(Path(path), self.columns())

    def plot(self, path: Path | str | None = None) -> Any:
        """A matplotlib figure, written to `path` when given. Raises MissingExtraError."""
        return drawing.figure(
            title=self.model.title,
            caveats=self.caveats,
            times=self.times,
            outputs=self.outputs,
            typical=self.typical,
            summary=self.summary,
            path=None if path is None else Path(path),
        )


def _middle(value: Floats | float) -> Floats | float:
    """The median of several people; of one number the number itself, whatever it is."""
    return value if np.ndim(value) == 0 else float(np.median(value))


def _seen_through(model: PublishedModel) -> tuple[str, ...]:
    """Where numbers were read, when it was not in the paper."""
    return tuple(
        f"{source.citation.split('.')[0]}: read through {source.seen_through}."
        for source in model.sources
        if source.seen_through
    )


def simulate(
    model: PublishedModel,
    regimen: Regimen,
    *,
    covariates: Mapping[str, Floats | float],
    times: Sequence[float] | Floats | None = None,
    people: int | None = None,
    seed: int = 1,
    percentiles: tuple[float, ...] = BANDS,
    above: tuple[float, ...] = (),
    as_racemate: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Simulation:
    """The typical person's curve, and with `people` the bands and numbers of that many.

    `times` are minutes and rise; None is a day by the minute. Covariates of the typical person are
    single numbers; with `people` they may have shape (people,), and the typical person is of their
    median. Raises as `summarise` does.
    """
    times = np.asarray(DAY if times is None else times, dtype=np.float64)
    if people is not None and people < 1:
        raise ValueError("people: at least 1, or leave it out for the typical person alone")
    middle = {name: _middle(value) for name, value in covariates.items()}
    system = build(model, typical(model, middle), regimen, middle, as_racemate=as_racemate)
    summary = None
    if people is not None:
        summary = summarise(
            model,
            regimen,
            subjects=people,
            seed=seed,
            covariates=covariates,
            times=times,
            percentiles=percentiles,
            above=above,
            as_racemate=as_racemate,
            progress=progress,
        )
    return Simulation(model, regimen, times, system.outputs, profiles(system, times)[0], summary)
