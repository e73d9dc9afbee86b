"""Orders for under the tongue or to swallow: compounded forms whose strength the order states."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from mooring.core.drugs.dosed import Administration, by_weight, weight_holds
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.products import ByMouth
from mooring.core.drugs.weight import Weight
from mooring.core.quantities import (
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Millilitres,
    Minutes,
)


@dataclass(frozen=True)
class ByMouthOrder:
    """A number of troches or tablets, or a volume of solution, all taken at one time."""

    product: ByMouth
    route: Route
    strength: Milligrams | MilligramsPerMillilitre
    """In one piece, or in one mL of a solution."""
    quantity: int | Millilitres
    """Whole pieces, or the volume of a solution."""
    counted: Literal["base", "hydrochloride"]
    """What the milligrams of the strength count; a compounded product has no label to say it."""
    weight: Weight | None

    def __post_init__(self) -> None:
        if self.route not in self.product.routes:
            known = " or ".join(route.display for route in self.product.routes)
            raise ValueError(f"route: {self.product.name} is for {known} use")
        self._check_strength()
        amount = self.quantity.value if isinstance(self.quantity, Millilitres) else self.quantity
        if amount <= 0 or self.strength.value == 0:
            raise ValueError("dose: strength and quantity are above 0")

    def _check_strength(self) -> None:
        """A solution is measured in mL and strong in mg/mL; pieces are counted and hold mg."""
        solution = self.product.kind == "oral_solution"
        wanted = (MilligramsPerMillilitre, Millilitres) if solution else (Milligrams, int)
        if not isinstance(self.strength, wanted[0]) or not isinstance(self.quantity, wanted[1]):
            example = "50 mg/mL and 2 mL" if solution else "50 mg and 2 pieces"
            raise TypeError(f"strength and quantity: give both as for this form, {example}")

    @property
    def drug(self) -> Drug:
        """What the product holds."""
        return self.product.drug

    def total(self) -> Milligrams:
        """The amount of drug, counted as the order says."""
        if isinstance(self.quantity, Millilitres):
            return Milligrams(self.strength.value * self.quantity.value)
        return Milligrams(self.strength.value * Decimal(self.quantity))

    def per_kilogram(self) -> MilligramsPerKilogram | None:
        """The dose by body weight; None without a weight."""
        return by_weight(self.total(), self.weight)

    def holds(self, on: date) -> tuple[str, ...]:
        """An old weight; pieces and volumes need none for the amount."""
        return weight_holds(self.weight, on)

    def sentence(self) -> str:
        """The order as it is read aloud."""
        given = f"{self._what()} of {self.strength.text()} ({self.counted})"
        return f"{self.drug.display} {self.total().text()}, {self.route.display}: {given}"

    def arithmetic(self) -> tuple[str, ...]:
        """The one step there is."""
        return (f"{self._number()} × {self.strength.text()} = {self.total().text()}",)

    def administrations(self) -> tuple[Administration, ...]:
        """All of it at once."""
        how = "under the tongue" if self.route is Route.SUBLINGUAL else "swallowed"
        return (Administration(Minutes(0), self.total(), f"{self._what()}, {how}"),)

    def _number(self) -> str:
        quantity = self.quantity
        return quantity.text() if isinstance(quantity, Millilitres) else str(quantity)

    def _what(self) -> str:
        form = self.product.kind.replace("_", " ")
        if self.product.kind == "oral_solution":
            return f"{self._number()} {form}"
        return f"{self._number()} {form}" if self.quantity == 1 else f"{self._number()} {form}s"
