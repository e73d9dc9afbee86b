"""The curves as numbers: each model's own people, summed up to bands over time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from mooring.core.pharmacology.caveats import Caveat, everywhere
from mooring.core.pharmacology.engine import profiles
from mooring.core.pharmacology.graph import build
from mooring.core.pharmacology.models import PublishedModel, typical
from mooring.core.pharmacology.population import draw
from mooring.core.pharmacology.regimen import DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.system import Floats
from mooring.core.pharmacology.what_if.answering import Answer, Person, Silent, answering

SENTENCE = "Simulation for education, not dosing advice."
"""Stands with every drawing of these numbers."""
PEOPLE = 300
"""How many are drawn from a model that says how people differ."""
SEED = 20
"""One seed for all: the same question always has the same answer."""
AFTER = 360
"""Minutes that are looked at after the last of it was given."""
LONGEST = 1440
"""Minutes that are looked at in all."""
CLOSE, COARSE = 1, 10
"""Minutes between points while it is given and for an hour after, and from then on."""
MIXED = 5
"""Minutes after a bolus that are left out: no model here takes blood to be unmixed."""


@dataclass(frozen=True)
class Band:
    """Where people lie, ng/mL, each of shape (times,)."""

    p5: Floats
    p25: Floats
    p75: Floats
    p95: Floats


@dataclass(frozen=True)
class Curve:
    """One model's expected concentration of ketamine."""

    answer: Answer
    line: Floats
    """The typical person of the model, ng/mL, shape (times,)."""
    band: Band | None
    """None where the model says nothing of how people differ."""
    peak: float
    """Highest of the line, ng/mL."""
    peak_at: float
    """Its minute."""


@dataclass(frozen=True)
class WhatIf:
    """What all models here say of one regimen for one person."""

    regimen: Regimen
    person: Person
    times: Floats
    """Minutes from the first dose."""
    curves: tuple[Curve, ...]
    silent: tuple[Silent, ...]

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What stands beside all of its curves alike."""
        return everywhere() if self.curves else ()

    @property
    def highest(self) -> float:
        """The highest concentration of all lines and bands, ng/mL; 0 when nothing is drawn."""
        tops = [c.line if c.band is None else c.band.p95 for c in self.curves]
        return max((float(top.max()) for top in tops), default=0.0)


@lru_cache(maxsize=256)
def what_if(regimen: Regimen, person: Person) -> WhatIf:
    """Every model's curve for that regimen and person; remembered, so that a page may ask again.

    Raises ValueError when the events are given in more than one way, UnfitRegimenError naming
    what no model can be run with.
    """
    answers, silent = answering(regimen, person)
    times = _times(regimen)
    curves = tuple(_curve(answer, regimen, times) for answer in answers)
    return WhatIf(regimen, person, times, curves, silent)


def _times(regimen: Regimen) -> Floats:
    """From the first dose to a whole hour, six or more after the last; each start and end in it."""
    bolus = regimen.events[0].given_as is GivenAs.INTRAVENOUS_BOLUS
    first = MIXED if bolus else 0
    ends = [_end(event) for event in regimen.events]
    last = min(math.ceil((max(ends) + AFTER) / 60) * 60, LONGEST)
    close = np.arange(first, min(max(ends) + 60, last), CLOSE)
    coarse = np.arange(0, last + 1, COARSE)
    starts = [event.time for event in regimen.events]
    times = np.unique(np.concatenate([close, coarse[coarse > close[-1]], starts, ends]))
    return times[(times >= first) & (times <= last)]


def _end(event: DoseEvent) -> float:
    return event.time if event.duration is None else event.time + event.duration


def _curve(answer: Answer, regimen: Regimen, times: Floats) -> Curve:
    line = _concentrations(answer, regimen, times, typical(answer.model, answer.covariates))[0]
    at = int(line.argmax())
    band = _band(answer, regimen, times) if varies(answer.model) else None
    return Curve(answer, line, band, float(line[at]), float(times[at]))


def _band(answer: Answer, regimen: Regimen, times: Floats) -> Band:
    drawn = draw(answer.model, range(PEOPLE), seed=SEED, covariates=answer.covariates)
    people = _concentrations(answer, regimen, times, drawn)
    return Band(*np.percentile(people, (5, 25, 75, 95), axis=0))


def _concentrations(
    answer: Answer, regimen: Regimen, times: Floats, parameters: dict[str, Floats]
) -> Floats:
    """ng/mL, shape (people, times)."""
    model, covariates = answer.model, answer.covariates
    system = build(model, parameters, regimen, covariates, as_racemate=answer.as_racemate)
    return profiles(system, times)[:, 0]


def varies(model: PublishedModel) -> bool:
    """Whether the paper says how people, or one person's occasions, differ."""
    each = (
        one.between_subjects is not None or one.between_occasions is not None
        for one in model.parameters.values()
    )
    return bool(model.covariances) or any(each)
