"""Amounts over time from eigenvalues: each input adds its own exact course."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mooring.core.pharmacology.system import Floats, Input, LinearSystem

Parts = NDArray[np.inexact]
"""Real where all poles of all people are, else complex."""

WORST_CONDITION = 1e6
"""Of the eigenvectors. Up to it ten of a double's sixteen digits are left; poles that coincide
come out of rounding with 1e7 and more."""


@dataclass(frozen=True)
class Spectrum:
    """Poles and eigenvectors of all subjects; what stands in a subject that is not `usable` is
    without meaning."""

    poles: Parts
    vectors: Parts
    inverse: Parts
    usable: NDArray[np.bool_]

    @property
    def real(self) -> NDArray[np.bool_]:
        """Who has no complex pole."""
        return np.asarray(np.all(self.poles.imag == 0, axis=1))

    def of(self, chosen: NDArray[np.bool_] | slice) -> Spectrum:
        """The parts of the chosen subjects."""
        return Spectrum(
            self.poles[chosen], self.vectors[chosen], self.inverse[chosen], self.usable[chosen]
        )


def spectrum(system: LinearSystem) -> Spectrum:
    """Take the systems apart. Equal poles, as in a chain of equal rates, are not usable."""
    poles, vectors = np.linalg.eig(system.rates)
    usable = np.linalg.cond(vectors, "fro") <= WORST_CONDITION
    vectors[~usable] = np.eye(vectors.shape[1])
    return Spectrum(poles, vectors, np.linalg.inv(vectors), usable)


def profiles(system: LinearSystem, parts: Spectrum, times: Floats) -> Floats:
    """Concentrations in ng/mL, shape (subjects, outputs, times). `times` are minutes."""
    seen = system.readout @ parts.vectors
    found = np.zeros((system.subjects, seen.shape[1], times.size))
    for one in system.inputs:
        weight = parts.inverse[:, :, one.state] * one.amount[:, None]
        course = weight[:, :, None] * _course(parts.poles, one, times)
        found += (seen @ course).real
    return found


def _course(poles: Parts, one: Input, times: Floats) -> Parts:
    """What 1 mg of this input has come to along each pole, shape (subjects, poles, times)."""
    since = times[None, :] - one.start[:, None]
    given = since >= 0
    since = np.where(given, since, 0.0)
    arriving = np.minimum(since, one.duration[:, None])
    at_once = one.duration[:, None] == 0
    share = np.where(at_once, 1.0, arriving / np.where(at_once, 1.0, one.duration[:, None]))
    pole = poles[:, :, None]
    decay = np.exp(pole * (since - arriving)[:, None, :])
    mean = _mean_decay(pole * arriving[:, None, :])
    course: Parts = decay * mean * (share * given)[:, None, :]
    return course


def _mean_decay(exponent: Parts) -> Parts:
    """(e^x - 1) / x, which is 1 at 0."""
    still = exponent == 0
    divisor = np.where(still, 1.0, exponent)
    return np.asarray(np.where(still, 1.0, np.expm1(exponent) / divisor))
