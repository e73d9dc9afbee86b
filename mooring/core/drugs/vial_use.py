"""What a dose takes from the chosen vials, and what is left in them."""

from dataclasses import dataclass
from decimal import ROUND_CEILING

from mooring.core.drugs.products import Injectable, Vial
from mooring.core.drugs.syringe import SyringeVolume
from mooring.core.quantities import Milligrams, Millilitres


@dataclass(frozen=True)
class VialUse:
    """One dose drawn from full vials of one size."""

    dose: Milligrams
    product: Injectable
    vial: Vial

    @property
    def syringe(self) -> SyringeVolume:
        """What is drawn up."""
        return SyringeVolume(self.dose, self.product.concentration)

    @property
    def vials(self) -> int:
        """How many vials have to be opened."""
        needed = self.syringe.drawn.value / self.vial.volume.value
        return max(1, int(needed.to_integral_value(rounding=ROUND_CEILING)))

    @property
    def opened(self) -> Milligrams:
        """All the drug in the opened vials."""
        return self.product.concentration * Millilitres(self.vials * self.vial.volume_ml)

    @property
    def left(self) -> Millilitres:
        """The volume that stays in the opened vials: to waste before a witness, or to account."""
        return Millilitres(self.vials * self.vial.volume_ml) - self.syringe.drawn

    @property
    def left_over(self) -> Milligrams:
        """The drug in that volume."""
        return self.left * self.product.concentration

    def text(self) -> tuple[str, ...]:
        """What is opened, drawn and left, each on a line, volume always beside milligrams."""
        size = f"{self.vial.volume.text()} of {self.product.concentration.text()}"
        held = self.product.held_in(self.vial).text()
        return (
            f"{_vials(self.vials)} of {size}; a full one holds {held}",
            f"Drawn up: {self.syringe.text()}",
            f"Left over: {self.left.text()} = {self.left_over.text()}, to be wasted before a "
            "witness or accounted for",
        )


def _vials(count: int) -> str:
    return "1 vial" if count == 1 else f"{count} vials"
