"""Random numbers that belong to a person and not to the order in which people are drawn."""

from __future__ import annotations

import numpy as np

from mooring.core.pharmacology.system import Floats

COUNTER = 4
"""Numbers that the generator makes at one step of its counter."""


def normals(ids: range, width: int, *, seed: int, stream: int) -> Floats:
    """Standard normal numbers, shape (people, width): the same for one id in every range of ids.

    The generator counts (Philox), so each id has its own stretch of the counter. `stream` tells
    between differences of people (0) and those of their occasions (from 1 on).
    """
    pairs = -(-width // 2)
    stretch = -(-2 * pairs // COUNTER)
    generator = np.random.Philox(key=np.array([seed, stream], dtype=np.uint64))
    generator.advance(ids.start * stretch)
    flat = np.random.Generator(generator).random(len(ids) * stretch * COUNTER)
    uniform = flat.reshape(len(ids), stretch * COUNTER)
    return _box_muller(uniform[:, :pairs], uniform[:, pairs : 2 * pairs])[:, :width]


def correlated(independent: Floats, omega: Floats) -> Floats:
    """Normal numbers with the variances and covariances of `omega`, of which each is above 0.

    Adds one column after the other, so that a person's sum is not rounded otherwise in company.
    """
    root = np.linalg.cholesky(omega)
    found = np.zeros_like(independent)
    for column, weights in enumerate(root.T):
        found += independent[:, column, None] * weights
    return found


def _box_muller(first: Floats, second: Floats) -> Floats:
    """Two normal numbers from two even ones, of which each uses its own: no number is refused."""
    radius = np.sqrt(-2 * np.log1p(-first))
    angle = 2 * np.pi * second
    return np.concatenate([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
