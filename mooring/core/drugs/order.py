"""Orders by needle: infusion, bolus, and injection into a muscle or under the skin."""

from dataclasses import dataclass

from mooring.core.drugs.dosed import (
    Administration,
    Dosed,
    WeightMissingError,
    minutes_words,
    shown,
)
from mooring.core.drugs.drug import Route
from mooring.core.quantities import (
    MilligramsPerMillilitre,
    MilligramsPerMinute,
    MillilitresPerHour,
    Minutes,
)

__all__ = [
    "PUMP_STEP",
    "BolusOrder",
    "InfusionOrder",
    "InjectionOrder",
    "WeightMissingError",
]

PUMP_STEP = "0.01"
"""mL/h; how finely a pump rate is shown."""


@dataclass(frozen=True)
class InfusionOrder(Dosed):
    """A dose of one drug over a number of minutes. Nothing in it changes after it is written."""

    over: Minutes
    strength: MilligramsPerMillilitre | None = None
    """Printed on the vial the order names; None leaves it open. Never what is in the line."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.over.value == 0:
            raise ValueError("over: an infusion takes more than 0 minutes, for example 40")

    def rate_mg_per_minute(self) -> MilligramsPerMinute:
        """The rate of drug over the whole infusion."""
        return self.total() / self.over

    def pump_rate(self, concentration: MilligramsPerMillilitre) -> MillilitresPerHour:
        """The pump setting that gives the dose of that concentration in the ordered time."""
        return self.volume(concentration) / self.over

    def sentence(self) -> str:
        """The order as it is read aloud; without a weight, mg/kg says that the amount is open."""
        given = f"{self.route.display} over {minutes_words(self.over)}"
        return f"{self.drug.display} {self.amount()}, {given}"

    def arithmetic(self) -> tuple[str, ...]:
        """Each step of the calculation on a line of its own, to be done again by hand."""
        rate = shown(self.rate_mg_per_minute(), "0.001")
        over = f"{self.total().text()} ÷ {self.over.text()} = {rate}"
        return (*self.weight_step(), over, *self.volume_steps())

    def administrations(self) -> tuple[Administration, ...]:
        """The infusion, at its start."""
        words = f"{self.route.display} over {minutes_words(self.over)}"
        return (Administration(Minutes(0), self.total(), words),)


@dataclass(frozen=True)
class BolusOrder(InfusionOrder):
    """A dose into a vein by hand in a few minutes.

    The label asks for at least one minute: faster giving slows breathing and raises the pressure.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.route is not Route.INTRAVENOUS_BOLUS:
            raise ValueError("route: a bolus goes into a vein; write intravenous bolus")


@dataclass(frozen=True)
class InjectionOrder(Dosed):
    """One injection into a muscle or under the skin."""

    strength: MilligramsPerMillilitre | None = None
    """Printed on the vial the order names; None leaves it open."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.route not in {Route.INTRAMUSCULAR, Route.SUBCUTANEOUS}:
            raise ValueError(
                f"route: an injection is intramuscular or subcutaneous, not {self.route.display}"
            )

    def sentence(self) -> str:
        """The order as it is read aloud."""
        return f"{self.drug.display} {self.amount()}, one {self.route.display} injection"

    def arithmetic(self) -> tuple[str, ...]:
        """Each step of the calculation on a line of its own, to be done again by hand."""
        return (*self.weight_step(), *self.volume_steps())

    def administrations(self) -> tuple[Administration, ...]:
        """The one injection."""
        words = f"one {self.route.display} injection"
        return (Administration(Minutes(0), self.total(), words),)
