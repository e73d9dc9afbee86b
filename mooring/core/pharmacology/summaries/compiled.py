"""The same by compiled loops, shared out over the processors."""

from __future__ import annotations

import numpy as np

from mooring.core.pharmacology.engine.slices import in_slices
from mooring.core.pharmacology.summaries import tally
from mooring.core.pharmacology.summaries.people import MINUTES_IN_AN_HOUR, People
from mooring.core.pharmacology.system import Floats

LEAST_TIMES = 64
LEAST_PEOPLE = 64


def count(counts: tally.Counts, curves: Floats) -> None:
    """Count everyone in `curves`; each thread has times of its own, so that no two meet."""
    from mooring.core.pharmacology.summaries import kernels  # loads the compiler

    bits = curves.view(np.int64)

    def some(times: slice) -> None:
        kernels.count(counts, bits, tally.SHIFT, tally.FIRST, times.start, times.stop)

    in_slices(some, curves.shape[2], least=LEAST_TIMES)


def numbers(curves: Floats, times: Floats, above: tuple[float, ...]) -> People:
    """Each person's own numbers."""
    from mooring.core.pharmacology.summaries import kernels  # loads the compiler

    cmax, tmax, auc = np.empty((3, *curves.shape[:2]))
    over = np.empty((len(above), *curves.shape[:2]))
    levels = np.array(above, dtype=np.float64)

    def some(people: slice) -> None:
        kernels.numbers(
            curves[people], times, levels, cmax[people], tmax[people], auc[people], over[:, people]
        )

    in_slices(some, curves.shape[0], least=LEAST_PEOPLE)
    return People(cmax, tmax, auc / MINUTES_IN_AN_HOUR, dict(zip(above, over, strict=True)))
