"""What every order has in common, and what orders by body weight share."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.syringe import COMMON_CONCENTRATIONS, SYRINGE_STEP, SyringeVolume
from mooring.core.drugs.weight import Weight
from mooring.core.quantities import (
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Millilitres,
    Minutes,
    Quantity,
)

BY_WEIGHT_STEP = "0.001"
"""mg/kg; how finely a dose by weight is written wherever it was reckoned from milligrams."""


class WeightMissingError(ValueError):
    """A dose by body weight has no amount while no weight is recorded."""


class Administration(NamedTuple):
    """One thing that somebody does for an order."""

    minute: Minutes
    """After the start of the first."""
    amount: Milligrams
    words: str
    """What is done, without its time and amount: "one spray into the left nostril"."""


class DrugOrder(Protocol):
    """What every order can say, whatever its route."""

    @property
    def drug(self) -> Drug:
        """What is given."""

    @property
    def route(self) -> Route:
        """How it is given."""

    @property
    def weight(self) -> Weight | None:
        """The weight it was written with; None when none is recorded."""

    @property
    def strength(self) -> Quantity | None:
        """What one millilitre, device or piece holds; None when the order leaves it open."""

    def total(self) -> Milligrams:
        """The amount of drug, exact. Raises WeightMissingError for mg/kg without a weight."""

    def per_kilogram(self) -> MilligramsPerKilogram | None:
        """The dose by body weight; None when it was ordered in mg and no weight is recorded."""

    def holds(self, on: date) -> tuple[str, ...]:
        """What is missing before this order can be used on that day; empty when nothing is."""

    def sentence(self) -> str:
        """The order as it is read aloud."""

    def arithmetic(self) -> tuple[str, ...]:
        """Each step of the calculation on a line of its own, to be done again by hand."""

    def administrations(self) -> tuple[Administration, ...]:
        """What is done when; together they hold the whole dose."""


@dataclass(frozen=True)
class Dosed:
    """A dose in mg or mg/kg, with the weight that turns one into the other."""

    drug: Drug
    route: Route
    dose: MilligramsPerKilogram | Milligrams
    weight: Weight | None
    """None when no weight is recorded; a dose in mg/kg then has no amount and holds."""

    def __post_init__(self) -> None:
        if not isinstance(self.dose, MilligramsPerKilogram | Milligrams):
            raise TypeError(f"dose: give Milligrams or MilligramsPerKilogram, not {self.dose!r}")
        if self.dose.value == 0:
            raise ValueError("dose: an ordered dose is above 0")

    def total(self) -> Milligrams:
        """The amount of drug, exact. Raises WeightMissingError for mg/kg without a weight."""
        if isinstance(self.dose, Milligrams):
            return self.dose
        if self.weight is None:
            raise WeightMissingError("weight: none recorded; a dose in mg/kg needs one")
        return self.dose * self.weight.value

    def per_kilogram(self) -> MilligramsPerKilogram | None:
        """The dose by body weight; None when it was ordered in mg and no weight is recorded."""
        if isinstance(self.dose, MilligramsPerKilogram):
            return self.dose
        return by_weight(self.dose, self.weight)

    def syringe(self, concentration: MilligramsPerMillilitre) -> SyringeVolume:
        """The volume to draw up, with what rounding to a syringe's marks does to the dose."""
        return SyringeVolume(self.total(), concentration)

    def volume(self, concentration: MilligramsPerMillilitre) -> Millilitres:
        """The volume of that concentration that holds the dose, before rounding."""
        return self.syringe(concentration).exact

    def volumes(self) -> tuple[SyringeVolume, ...]:
        """The same dose at 10, 50 and 100 mg/mL, side by side."""
        return tuple(self.syringe(concentration) for concentration in COMMON_CONCENTRATIONS)

    def holds(self, on: date) -> tuple[str, ...]:
        """What is missing before this order can be used on that day; empty when nothing is."""
        if self.weight is None and isinstance(self.dose, MilligramsPerKilogram):
            return ("weight: none recorded; a dose in mg/kg needs one",)
        return weight_holds(self.weight, on)

    def amount(self) -> str:
        """The dose as it is read aloud, with the weight it was reckoned with."""
        if self.weight is None:
            open_amount = "" if isinstance(self.dose, Milligrams) else " (no weight recorded)"
            return self.dose.text() + open_amount
        if isinstance(self.dose, Milligrams):
            per_kilogram = shown(self.dose / self.weight.value, BY_WEIGHT_STEP)
            return f"{self.dose.text()} = {per_kilogram} × {self.weight.text()}"
        return f"{self.dose.text()} × {self.weight.text()} = {self.total().text()}"

    def weight_step(self) -> tuple[str, ...]:
        """The line from mg/kg to mg; none when the dose was ordered in mg."""
        if isinstance(self.dose, MilligramsPerKilogram) and self.weight is not None:
            weight, total = self.weight.value.text(), self.total().text()
            return (f"{self.dose.text()} × {weight} = {total}",)
        return ()

    def volume_steps(self) -> tuple[str, ...]:
        """The lines from mg to mL at 10, 50 and 100 mg/mL, as a syringe shows them."""
        total = self.total().text()
        return tuple(
            f"{total} ÷ {each.concentration.text()} = {shown(each.exact, SYRINGE_STEP)}"
            for each in self.volumes()
        )


def by_weight(dose: Milligrams, weight: Weight | None) -> MilligramsPerKilogram | None:
    """An amount by body weight; None without a weight."""
    return None if weight is None else dose / weight.value


def weight_holds(weight: Weight | None, on: date) -> tuple[str, ...]:
    """Why a recorded weight cannot carry an order of that day; empty without one."""
    stale = None if weight is None else weight.holds(on)
    return () if stale is None else (stale,)


def shown(quantity: Quantity, step: str) -> str:
    """The amount to `step`, with "about" in front when rounding changed it."""
    rounded = quantity.rounded(step)
    return rounded.text() if rounded == quantity else f"about {rounded.text()}"


def minutes_words(duration: Minutes) -> str:
    """For example "1 minute" or "40 minutes"."""
    number = duration.text().removesuffix(f" {duration.unit}")
    return f"{number} minute" if number == "1" else f"{number} minutes"
