"""Concentrations of linear systems over time, exact to the digits of a double."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mooring.core.pharmacology.engine import eigen, propagator
from mooring.core.pharmacology.system import Floats, LinearSystem

__all__ = ["profiles"]


def profiles(system: LinearSystem, times: Floats) -> Floats:
    """What a laboratory would report, in ng/mL, shape (subjects, outputs, times).

    `times` are minutes and rise. A dose given at a moment is there at that moment. Raises
    ValueError when `times` is empty, does not rise or holds what is no number.
    """
    _check(times)
    parts = eigen.spectrum(system)
    found = np.empty((system.subjects, system.readout.shape[1], times.size))
    apart = parts.usable
    if apart.any():
        found[apart] = eigen.profiles(_some(system, apart), parts.of(apart), times)
    if not apart.all():
        found[~apart] = propagator.profiles(_some(system, ~apart), times)
    return found


def _check(times: Floats) -> None:
    if times.ndim != 1 or times.size == 0:
        raise ValueError("times: a row of minutes, at least one")
    if not np.all(np.isfinite(times)) or np.any(np.diff(times) <= 0):
        raise ValueError("times: minutes that rise, for example 0, 1, 2")


def _some(system: LinearSystem, chosen: NDArray[np.bool_]) -> LinearSystem:
    """The systems of the chosen subjects."""
    inputs = tuple(
        replace(
            one,
            amount=one.amount[chosen],
            start=one.start[chosen],
            duration=one.duration[chosen],
        )
        for one in system.inputs
    )
    return replace(
        system, rates=system.rates[chosen], readout=system.readout[chosen], inputs=inputs
    )
