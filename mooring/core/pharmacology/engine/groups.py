"""How many poles the compiled loops add up in one pass, and arrays filled up to that."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from mooring.core.pharmacology.system import Floats

GROUP = 3
"""Poles that the loops add up in one pass, which keeps the sum out of memory; where some are
missing, poles that carry nothing fill the group."""


def padded(values: NDArray[np.inexact]) -> Floats:
    """The last axis filled up with zeros to whole groups."""
    missing = -values.shape[-1] % GROUP
    widths = [(0, 0)] * (values.ndim - 1) + [(0, missing)]
    return np.ascontiguousarray(np.pad(values.real, widths))
