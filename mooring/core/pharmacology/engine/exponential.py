"""The exponential of many small matrices at once, by scaling, a Padé quotient and squaring."""

from __future__ import annotations

import numpy as np

from mooring.core.pharmacology.system import Floats

DEGREE = 8
SMALL = 0.5
"""Norm up to which the quotient of that degree is exact to the last digits of a double."""


def exponential(matrices: Floats) -> Floats:
    """e to each matrix. Shape (count, size, size) in and out."""
    norm = float(np.abs(matrices).sum(axis=1).max(initial=0.0))
    halvings = max(0, int(np.ceil(np.log2(norm / SMALL)))) if norm > 0 else 0
    result = _quotient(matrices / 2.0**halvings)
    for _ in range(halvings):
        result = result @ result
    return result


def with_integral(matrices: Floats, minutes: Floats) -> tuple[Floats, Floats]:
    """e to A t, and its integral over 0 to t; `minutes` has shape (count,)."""
    count, size = matrices.shape[:2]
    double = np.zeros((count, 2 * size, 2 * size))
    double[:, :size, :size] = matrices
    double[:, :size, size:] = np.eye(size)
    whole = exponential(double * minutes[:, None, None])
    return whole[:, :size, :size], whole[:, :size, size:]


def _quotient(matrices: Floats) -> Floats:
    power = np.broadcast_to(np.eye(matrices.shape[1]), matrices.shape)
    above, below, factor = power.copy(), power.copy(), 1.0
    for step in range(1, DEGREE + 1):
        factor *= (DEGREE - step + 1) / (step * (2 * DEGREE - step + 1))
        power = power @ matrices
        above += factor * power
        below += (-1) ** step * factor * power
    return np.linalg.solve(below, above).astype(np.float64, copy=False)
