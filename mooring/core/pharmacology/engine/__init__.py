"""Concentrations of linear systems over time, exact to the digits of a double."""

from __future__ import annotations

import numpy as np

from mooring.core.pharmacology.engine import compiled, eigen, propagator
from mooring.core.pharmacology.engine.slices import in_slices
from mooring.core.pharmacology.system import Floats, LinearSystem

__all__ = ["profiles"]

SLICE = 250_000
"""Concentrations that are worth a thread of their own."""


def profiles(
    system: LinearSystem,
    times: Floats,
    *,
    by_compiled: bool | None = None,
    out: Floats | None = None,
) -> Floats:
    """What a laboratory would report, in ng/mL, shape (subjects, outputs, times).

    `times` are minutes and rise. A dose given at a moment is there at that moment. `by_compiled`
    says whether compiled loops work out what they can, which is times evenly apart; None leaves it
    to how much there is to do. `out` is filled and returned when given. Raises ValueError when
    `times` is empty, does not rise or holds what is no number, or `out` has another shape.
    """
    _check(times)
    shape = (system.subjects, system.readout.shape[1], times.size)
    found = _room(out, shape)
    if by_compiled is None:
        by_compiled = compiled.wanted(found.size, times)
    fast = by_compiled and compiled.evenly(times)

    def some(people: slice) -> None:
        _fill(system.some(people), times, fast, found[people])

    in_slices(some, system.subjects, least=max(1, SLICE // (shape[1] * shape[2])))
    return found


def _check(times: Floats) -> None:
    if times.ndim != 1 or times.size == 0:
        raise ValueError("times: a row of minutes, at least one")
    if not np.all(np.isfinite(times)) or np.any(np.diff(times) <= 0):
        raise ValueError("times: minutes that rise, for example 0, 1, 2")


def _room(out: Floats | None, shape: tuple[int, int, int]) -> Floats:
    if out is None:
        return np.empty(shape)
    if out.shape != shape:
        raise ValueError(f"out: an array of shape {shape}, not {out.shape}")
    return out


def _fill(system: LinearSystem, times: Floats, fast: bool, found: Floats) -> None:
    """Each person by the way that is exact for them."""
    parts = eigen.spectrum(system)
    by_loops = parts.usable & parts.real & fast
    by_eigen = parts.usable & ~by_loops
    if by_loops.all():
        compiled.fill(system, parts, times, found)
        return
    if by_loops.any():
        found[by_loops] = compiled.profiles(system.some(by_loops), parts.of(by_loops), times)
    if by_eigen.any():
        found[by_eigen] = eigen.profiles(system.some(by_eigen), parts.of(by_eigen), times)
    if not parts.usable.all():
        stiff = ~parts.usable
        found[stiff] = propagator.profiles(system.some(stiff), times)
