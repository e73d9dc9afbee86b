"""Counting and measuring curves with NumPy alone: the reference."""

from __future__ import annotations

import numpy as np

from mooring.core.pharmacology.summaries.people import MINUTES_IN_AN_HOUR, People
from mooring.core.pharmacology.summaries.tally import Counts, step_of
from mooring.core.pharmacology.system import Floats


def count(counts: Counts, curves: Floats) -> None:
    """Count everyone in `curves`, shape (people, outputs, times)."""
    outputs, times = np.indices(counts.shape[:2])
    for person in step_of(curves):
        counts[outputs, times, person] += 1


def numbers(curves: Floats, times: Floats, above: tuple[float, ...]) -> People:
    """Each person's own numbers."""
    return People(
        cmax=curves.max(axis=2),
        tmax=times[curves.argmax(axis=2)],
        auc=_area(curves, times) / MINUTES_IN_AN_HOUR,
        above={one: _area((curves >= one).astype(np.float64), times) for one in above},
    )


def _area(curves: Floats, times: Floats) -> Floats:
    return np.asarray(np.trapezoid(curves, times, axis=2))
