"""An infusion order: what will be given, as one sentence and as arithmetic to check by hand."""

from dataclasses import dataclass
from datetime import date

from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.syringe import COMMON_CONCENTRATIONS, SyringeVolume
from mooring.core.drugs.weight import Weight
from mooring.core.quantities import (
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    MilligramsPerMinute,
    Millilitres,
    MillilitresPerHour,
    Minutes,
    Quantity,
)

PUMP_STEP = "0.01"
"""mL/h; how finely a pump rate is shown."""


class WeightMissingError(ValueError):
    """A dose by body weight has no amount while no weight is recorded."""


@dataclass(frozen=True)
class InfusionOrder:
    """A dose of one drug over a number of minutes. Nothing in it changes after it is written."""

    drug: Drug
    route: Route
    dose: MilligramsPerKilogram | Milligrams
    weight: Weight | None
    """None when no weight is recorded; a dose in mg/kg then has no amount and holds."""
    over: Minutes

    def __post_init__(self) -> None:
        if not isinstance(self.dose, MilligramsPerKilogram | Milligrams):
            raise TypeError(f"dose: give Milligrams or MilligramsPerKilogram, not {self.dose!r}")
        if self.dose.value == 0:
            raise ValueError("dose: an ordered dose is above 0")
        if self.over.value == 0:
            raise ValueError("over: an infusion takes more than 0 minutes, for example 40")

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
        return None if self.weight is None else self.dose / self.weight.value

    def volume(self, concentration: MilligramsPerMillilitre) -> Millilitres:
        """The volume of that concentration that holds the dose, before rounding."""
        return self.syringe(concentration).exact

    def syringe(self, concentration: MilligramsPerMillilitre) -> SyringeVolume:
        """The volume to draw up, with what rounding to a syringe's marks does to the dose."""
        return SyringeVolume(self.total(), concentration)

    def volumes(self) -> tuple[SyringeVolume, ...]:
        """The same dose at 10, 50 and 100 mg/mL, side by side."""
        return tuple(self.syringe(concentration) for concentration in COMMON_CONCENTRATIONS)

    def rate_mg_per_minute(self) -> MilligramsPerMinute:
        """The rate of drug over the whole infusion."""
        return self.total() / self.over

    def pump_rate(self, concentration: MilligramsPerMillilitre) -> MillilitresPerHour:
        """The pump setting that gives the dose of that concentration in the ordered time."""
        return self.volume(concentration) / self.over

    def holds(self, on: date) -> tuple[str, ...]:
        """What is missing before this order can be used on that day; empty when nothing is."""
        if self.weight is not None:
            stale = self.weight.holds(on)
            return () if stale is None else (stale,)
        if isinstance(self.dose, MilligramsPerKilogram):
            return ("weight: none recorded; a dose in mg/kg needs one",)
        return ()

    def sentence(self) -> str:
        """The order as it is read aloud; without a weight, mg/kg says that the amount is open."""
        given = f"{self.route.display} over {_minutes(self.over)}"
        return f"{self.drug.display} {self._amount()}, {given}"

    def arithmetic(self) -> tuple[str, ...]:
        """Each step of the calculation on a line of its own, to be done again by hand."""
        total, rate = self.total(), self.rate_mg_per_minute()
        lines = [f"{total.text()} ÷ {self.over.text()} = {_shown(rate, '0.001')}"]
        if isinstance(self.dose, MilligramsPerKilogram) and self.weight is not None:
            lines.insert(0, f"{self.dose.text()} × {self.weight.value.text()} = {total.text()}")
        for syringe in self.volumes():
            concentration = syringe.concentration.text()
            lines.append(f"{total.text()} ÷ {concentration} = {syringe.exact.text()}")
        return tuple(lines)

    def _amount(self) -> str:
        if self.weight is None:
            open_amount = "" if isinstance(self.dose, Milligrams) else " (no weight recorded)"
            return self.dose.text() + open_amount
        if isinstance(self.dose, Milligrams):
            per_kilogram = _shown(self.dose / self.weight.value, "0.01")
            return f"{self.dose.text()} = {per_kilogram} × {self.weight.text()}"
        return f"{self.dose.text()} × {self.weight.text()} = {self.total().text()}"


def _shown(quantity: Quantity, step: str) -> str:
    """The amount to `step`, with "about" in front when rounding changed it."""
    rounded = quantity.rounded(step)
    return rounded.text() if rounded == quantity else f"about {rounded.text()}"


def _minutes(duration: Minutes) -> str:
    number = duration.text().removesuffix(f" {duration.unit}")
    return f"{number} minute" if number == "1" else f"{number} minutes"
