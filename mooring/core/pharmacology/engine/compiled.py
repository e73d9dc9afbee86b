"""The same courses by compiled loops: for many people at times that are evenly apart."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from mooring.core.pharmacology.engine.eigen import Spectrum
from mooring.core.pharmacology.engine.groups import padded
from mooring.core.pharmacology.system import Floats, LinearSystem

WORTHWHILE = 10_000_000
"""Concentrations from which on the loops win back the time it takes to load the compiler."""
EVEN = 1e-9
"""Steps by which a time may be off its place."""


@cache
def installed() -> bool:
    """Whether the compiler is there: the extra `simulate`."""
    return find_spec("numba") is not None


def wanted(concentrations: int, times: Floats) -> bool:
    """Whether that many concentrations at these times are better worked out here."""
    return concentrations >= WORTHWHILE and evenly(times) and installed()


def evenly(times: Floats) -> bool:
    """Whether the times are evenly apart."""
    if times.size < 2:
        return False
    off = np.abs(times - np.linspace(times[0], times[-1], times.size))
    return bool(off.max() <= EVEN * _step(times))


def profiles(system: LinearSystem, parts: Spectrum, times: Floats) -> Floats:
    """Concentrations in ng/mL, shape (subjects, outputs, times), of people with real poles."""
    found = np.empty((system.subjects, system.readout.shape[1], times.size))
    fill(system, parts, times, found)
    return found


def fill(system: LinearSystem, parts: Spectrum, times: Floats, found: Floats) -> None:
    """Write the concentrations of people with real poles, shape (subjects, outputs, times)."""
    from mooring.core.pharmacology.engine import kernels  # loads the compiler

    kernels.fill(
        padded(parts.poles),
        padded(_weights(system, parts)),
        padded(system.readout @ parts.vectors),
        _side_by_side([one.start for one in system.inputs], system.subjects),
        _side_by_side([one.duration for one in system.inputs], system.subjects),
        times,
        _step(times),
        found,
    )


def _step(times: Floats) -> float:
    return float(times[-1] - times[0]) / (times.size - 1)


def _weights(system: LinearSystem, parts: Spectrum) -> NDArray[np.inexact]:
    """What each input puts on each pole, shape (subjects, inputs, poles)."""
    found = np.zeros((system.subjects, len(system.inputs), parts.poles.shape[1]))
    for number, one in enumerate(system.inputs):
        found[:, number] = parts.inverse[:, :, one.state].real * one.amount[:, None]
    return found


def _side_by_side(rows: list[Floats], subjects: int) -> Floats:
    """Shape (subjects, inputs)."""
    return np.stack(rows, axis=1) if rows else np.empty((subjects, 0))
