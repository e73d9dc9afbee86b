"""An exposure beside published amounts: one logarithmic line for each, from 10 mg to 10 kg."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10

from mooring.core.drugs.exposure import Beside
from mooring.core.quantities import Milligrams

LEFT, RIGHT = 5.0, 95.0
LEAST, MOST = 1.0, 7.0
"""Powers of ten, in milligrams, at the ends of the line."""
TICKS = ((1, "10 mg"), (3, "1 g"), (5, "100 g"), (7, "10 kg"))


@dataclass(frozen=True)
class DrawnBeside:
    """One comparator's line."""

    beside: Beside

    @property
    def own(self) -> float | None:
        """The place of what was given, in percent; None when no amount is on record."""
        return None if self.beside.own is None else place(self.beside.own)

    @property
    def theirs(self) -> float:
        """The place of the published amount."""
        return place(self.beside.comparator.amount)

    @property
    def population(self) -> str:
        """The people that the published amount tells of."""
        return self.beside.comparator.number.claim.population or "people not stated"


def place(amount: Milligrams) -> float:
    """The place of an amount in percent of the width; beyond an end it stands at the end."""
    power = LEAST if amount.value <= 0 else log10(amount.value)
    part = (min(max(power, LEAST), MOST) - LEAST) / (MOST - LEAST)
    return round(LEFT + (RIGHT - LEFT) * part, 2)


def ticks() -> list[tuple[float, str]]:
    """The named places of the line."""
    width = RIGHT - LEFT
    return [(round(LEFT + width * (at - LEAST) / (MOST - LEAST), 2), word) for at, word in TICKS]
