"""Counts concentrations in narrow steps, so that percentiles need no list of all people.

A step is a 256th of a doubling, at most 0.4 % of the value: the leading bits of a double are its
number. Counts are whole numbers and add up in any order.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mooring.core.pharmacology.system import Floats

SHIFT = 44
"""Bits of a double that a step leaves out: it keeps the exponent and eight bits behind it."""
LEAST = 2.0**-10
"""ng/mL, about 0.001: less is counted as nothing, and read back as 0."""
MOST = 2.0**18
"""ng/mL, about 262 mg/L: more is read back as infinite."""

Counts = NDArray[np.uint32]
FIRST = int(np.float64(LEAST).view(np.int64)) >> SHIFT
_STEPS = (int(np.float64(MOST).view(np.int64)) >> SHIFT) - FIRST


def empty(outputs: int, times: int) -> Counts:
    """No one counted yet, shape (outputs, times, steps)."""
    return np.zeros((outputs, times, _STEPS + 2), dtype=np.uint32)


def step_of(concentrations: Floats) -> NDArray[np.int64]:
    """The number of the step that each concentration falls into, 0 for less than LEAST."""
    leading = concentrations.view(np.int64) >> SHIFT
    return np.asarray(np.clip(leading - FIRST + 1, 0, _STEPS + 1), dtype=np.int64)


def percentiles(counts: Counts, wanted: tuple[float, ...]) -> Floats:
    """Shape (outputs, percentiles, times), each within one step of the sorted list's own."""
    outputs, times = counts.shape[:2]
    found = np.empty((outputs, len(wanted), times))
    for output, time in np.ndindex(outputs, times):
        found[output, :, time] = _percentiles(counts[output, time], np.asarray(wanted))
    return found


def _percentiles(counts: Counts, wanted: Floats) -> Floats:
    """Those of one moment: the place of each in the sorted list, looked up in the running count."""
    running = np.cumsum(counts, dtype=np.int64)
    place = wanted / 100 * (running[-1] - 1)
    step = np.searchsorted(running, place, side="right")
    inside = counts[step].astype(np.float64)
    return _value(step, (place - (running[step] - inside) + 0.5) / inside)


def _value(step: NDArray[np.int64], share: Floats) -> Floats:
    """The concentration so far into its step."""
    edge = ((step - 1 + FIRST) << SHIFT).view(np.float64)
    width = ((step + FIRST) << SHIFT).view(np.float64) - edge
    inner = edge + np.minimum(share, 1.0) * width
    return np.where(step == 0, 0.0, np.where(step > _STEPS, np.inf, inner))
