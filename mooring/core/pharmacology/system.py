"""The mathematics that a model and a population become: one linear system for each subject.

x' = A x + inputs, y = C x. x holds milligrams (or milligram equivalents of the parent drug for a
metabolite), time runs in minutes, y is what a laboratory reports, in ng/mL.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Input:
    """One amount that enters one state, for every subject. All arrays have shape (subjects,)."""

    state: int
    amount: Floats
    """Milligrams that arrive, after bioavailability."""
    start: Floats
    """Minutes, after any lag."""
    duration: Floats
    """Minutes over which it arrives at a constant rate; 0 is at once. Bioavailability scales the
    amount and never the duration."""


@dataclass(frozen=True)
class LinearSystem:
    """The systems of all subjects, side by side."""

    rates: Floats
    """A, shape (subjects, states, states), per minute."""
    readout: Floats
    """C, shape (subjects, outputs, states), ng/mL per mg."""
    inputs: tuple[Input, ...]
    states: tuple[str, ...]
    outputs: tuple[str, ...]

    @property
    def subjects(self) -> int:
        """How many systems stand side by side."""
        return int(self.rates.shape[0])

    def some(self, chosen: NDArray[np.bool_] | slice) -> LinearSystem:
        """The systems of the chosen subjects."""
        inputs = tuple(
            replace(
                one,
                amount=one.amount[chosen],
                start=one.start[chosen],
                duration=one.duration[chosen],
            )
            for one in self.inputs
        )
        rates, readout = self.rates[chosen], self.readout[chosen]
        return replace(self, rates=rates, readout=readout, inputs=inputs)
