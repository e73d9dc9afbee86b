"""What is typed on the page of what-if, as a regimen."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology.regimen import IN_PIECES, Amount, DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.regimens.pieces import pieces


@dataclass(frozen=True)
class Planned:
    """A dose as it is asked about. Only what its way of giving uses is looked at."""

    drug: Drug
    given_as: GivenAs
    dose: float | None = None
    """Needed for what is not counted in pieces."""
    unit: Amount = Amount.MILLIGRAMS
    minutes: float | None = None
    """Of an infusion; needed for one."""
    number: int = 1
    """Of devices or sprays."""
    gap: float = 5
    """Minutes between the starts of two of them."""

    def regimen(self) -> Regimen:
        """The events. Raises ValueError naming the field that is missing."""
        if self.given_as in IN_PIECES:
            times = (number * self.gap for number in range(self.number))
            return Regimen(self.drug, pieces(self.given_as, times))
        if self.dose is None:
            raise ValueError("dose: needed, for example 35")
        infused = self.given_as is GivenAs.INTRAVENOUS_INFUSION
        if infused and self.minutes is None:
            raise ValueError("minutes: an infusion takes some, for example 40")
        duration = self.minutes if infused else None
        return Regimen(
            self.drug, (DoseEvent(0, self.dose, self.given_as, self.unit, duration=duration),)
        )
