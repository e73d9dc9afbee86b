"""Runs a population in pieces and keeps only what was asked for."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from mooring.core.pharmacology.engine import profiles
from mooring.core.pharmacology.engine.compiled import wanted
from mooring.core.pharmacology.graph import build
from mooring.core.pharmacology.models import PublishedModel
from mooring.core.pharmacology.population import draw
from mooring.core.pharmacology.regimen import Regimen
from mooring.core.pharmacology.summaries import compiled, plain, tally
from mooring.core.pharmacology.summaries.people import People, joined
from mooring.core.pharmacology.system import Floats

PIECE = 1_000_000
"""Concentrations held at one time: 8 MB."""
BANDS = (5.0, 25.0, 50.0, 75.0, 95.0)


@dataclass(frozen=True)
class Summary:
    """What a population came to."""

    times: Floats
    outputs: tuple[str, ...]
    percentiles: tuple[float, ...]
    bands: Floats
    """ng/mL, shape (outputs, percentiles, times); each within 0.4 % of the sorted list's own."""
    people: People


def summarise(
    model: PublishedModel,
    regimen: Regimen,
    *,
    subjects: int,
    seed: int,
    covariates: Mapping[str, Floats | float],
    times: Floats,
    percentiles: tuple[float, ...] = BANDS,
    above: tuple[float, ...] = (),
    occasion: int = 1,
    as_racemate: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Bands over time and each person's own numbers, for `subjects` people drawn from the model.

    `times` are minutes and rise. Covariates are single numbers or have shape (subjects,).
    `progress` is called with the number of people done. Memory holds the counts of the bands and
    one piece of the people, never all curves. Raises as `draw`, `build` and `profiles` do, and
    ValueError naming subjects or percentiles.
    """
    _check(subjects, percentiles, above)
    _check_lengths(covariates, subjects)
    counts = tally.empty(len(model.outputs), times.size)
    each = len(model.outputs) * times.size
    fast = wanted(subjects * each, times)
    loops = compiled if fast else plain
    room = np.empty((min(subjects, max(1, PIECE // each)), len(model.outputs), times.size))
    parts: list[People] = []
    for ids in _pieces(subjects, len(room)):
        own = _of(covariates, ids, subjects)
        people = draw(model, ids, seed=seed, covariates=own, occasion=occasion)
        system = build(model, people, regimen, own, as_racemate=as_racemate)
        curves = profiles(system, times, by_compiled=fast, out=room[: len(ids)])
        loops.count(counts, curves)
        parts.append(loops.numbers(curves, times, above))
        if progress is not None:
            progress(ids.stop)
    bands = tally.percentiles(counts, percentiles)
    outputs = tuple(output.analyte.value for output in model.outputs)
    return Summary(times, outputs, percentiles, bands, joined(parts))


def _check(subjects: int, percentiles: tuple[float, ...], above: tuple[float, ...]) -> None:
    if subjects < 1 or subjects != int(subjects):
        raise ValueError("subjects: a whole number of people, at least 1")
    if not percentiles or not all(0 <= one <= 100 for one in percentiles):
        raise ValueError("percentiles: at least one, each from 0 to 100")
    if not all(math.isfinite(one) for one in above):
        raise ValueError("above: concentrations in ng/mL, for example 100")


def _check_lengths(covariates: Mapping[str, Floats | float], subjects: int) -> None:
    for name, value in covariates.items():
        if np.shape(value) not in ((), (subjects,)):
            raise ValueError(f"{name}: one number, or one for each of the {subjects} people")


def _pieces(subjects: int, size: int) -> Iterator[range]:
    for first in range(0, subjects, size):
        yield range(first, min(first + size, subjects))


def _of(
    covariates: Mapping[str, Floats | float], ids: range, subjects: int
) -> dict[str, Floats | float]:
    """The covariates of these people."""
    return {
        name: np.broadcast_to(value, (subjects,))[ids.start : ids.stop]
        for name, value in covariates.items()
    }
