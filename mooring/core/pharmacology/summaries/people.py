"""What is kept of each person."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mooring.core.pharmacology.system import Floats

MINUTES_IN_AN_HOUR = 60


@dataclass(frozen=True)
class People:
    """One number for each person and output, shape (people, outputs)."""

    cmax: Floats
    """Highest concentration at the times looked at, ng/mL."""
    tmax: Floats
    """Minutes at which it was first reached."""
    auc: Floats
    """Area from the first to the last time by trapezoids, ng·h/mL."""
    above: dict[float, Floats]
    """Minutes at or above each threshold in ng/mL, by trapezoids."""


def joined(parts: list[People]) -> People:
    """The people of all pieces, in their order."""
    return People(
        cmax=np.concatenate([part.cmax for part in parts]),
        tmax=np.concatenate([part.tmax for part in parts]),
        auc=np.concatenate([part.auc for part in parts]),
        above={one: np.concatenate([part.above[one] for part in parts]) for one in parts[0].above},
    )
