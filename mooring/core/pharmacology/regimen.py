"""What is given, when, by which route: the input of every simulation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mooring.core.drugs.drug import Drug


class Amount(StrEnum):
    """What an amount counts."""

    MILLIGRAMS = "mg"
    MILLIGRAMS_PER_KILOGRAM = "mg/kg"


class GivenAs(StrEnum):
    """The ways of giving that a model can have an input for."""

    INTRAVENOUS_INFUSION = "intravenous_infusion"
    INTRAVENOUS_BOLUS = "intravenous_bolus"
    INTRAMUSCULAR = "intramuscular"
    SUBCUTANEOUS = "subcutaneous"
    NASAL_SPRAY = "nasal_spray"
    NASAL_DEVICE = "nasal_device"
    """The licensed esketamine device of 28 mg."""
    SUBLINGUAL = "sublingual"
    ORAL = "oral"


IN_PIECES = (GivenAs.NASAL_DEVICE, GivenAs.NASAL_SPRAY)
"""Given in numbered pieces of a fixed amount, so that `nth` says something."""


@dataclass(frozen=True)
class DoseEvent:
    """One amount at one time. Times and durations are minutes."""

    time: float
    amount: float
    """Of the drug as base, in `unit`."""
    given_as: GivenAs
    unit: Amount = Amount.MILLIGRAMS
    duration: float | None = None
    """Minutes of an infusion; None for everything that is given at once."""
    nth: int = 1
    """Which device or spray of its session this is: the second takes up less than the first."""


@dataclass(frozen=True)
class Regimen:
    """Dose events in order of time, all of one drug."""

    drug: Drug
    events: tuple[DoseEvent, ...]

    def __post_init__(self) -> None:
        """Refuse words where one of the names above is meant: they would match nothing later."""
        if not isinstance(self.drug, Drug):
            raise ValueError(f"drug: {_one_of(Drug)}, not {self.drug!r}")
        for number, event in enumerate(self.events):
            if not isinstance(event.given_as, GivenAs):
                field = f"events[{number}].given_as"
                raise ValueError(f"{field}: {_one_of(GivenAs)}, not {event.given_as!r}")


def _one_of(names: type[StrEnum]) -> str:
    return " or ".join(f"{names.__name__}.{one.name}" for one in names)
