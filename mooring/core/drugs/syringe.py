"""The volume that holds a dose, exact and as a syringe can measure it."""

from dataclasses import dataclass
from decimal import Decimal

from mooring.core.quantities import Milligrams, MilligramsPerMillilitre, Millilitres

SYRINGE_STEP = "0.01"
"""Millilitres; volumes to draw up are rounded to the nearest step, halves up."""

COMMON_CONCENTRATIONS = (
    MilligramsPerMillilitre(10),
    MilligramsPerMillilitre(50),
    MilligramsPerMillilitre(100),
)
"""The strengths of injectable ketamine; listing all three makes a tenfold slip visible."""


@dataclass(frozen=True)
class SyringeVolume:
    """What to draw up of one concentration for one dose."""

    dose: Milligrams
    concentration: MilligramsPerMillilitre

    @property
    def exact(self) -> Millilitres:
        """The volume that holds the dose, before any rounding."""
        return self.dose / self.concentration

    @property
    def drawn(self) -> Millilitres:
        """The volume as a syringe shows it, to 0.01 mL."""
        return self.exact.rounded(SYRINGE_STEP)

    @property
    def held(self) -> Milligrams:
        """The drug in the rounded volume; differs from the dose when rounding changed it."""
        return self.drawn * self.concentration

    @property
    def off_by_percent(self) -> Decimal:
        """How much more (above 0) or less the rounded volume holds, in percent of the dose."""
        return (self.held.value / self.dose.value - 1) * 100

    @property
    def rounding_changes_the_dose(self) -> bool:
        """True when the rounded volume holds more or less drug than ordered."""
        return self.held != self.dose

    def text(self) -> str:
        """The volume always with its concentration; says so when rounding changes the amount."""
        said = f"{self.drawn.text()} of {self.concentration.text()}"
        if not self.rounding_changes_the_dose:
            return said
        return (
            f"{said} (rounded to {SYRINGE_STEP} mL: holds {self.held.text()}, "
            f"not {self.dose.text()})"
        )
