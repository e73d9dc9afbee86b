"""One dose as it was given."""

from dataclasses import dataclass
from datetime import date, datetime

from mooring.core.drugs.drug import Drug, Route
from mooring.core.quantities import Milligrams


@dataclass(frozen=True)
class Administered:
    """A dose with its drug and route. An amount of None is unknown, and never counts as 0."""

    at: datetime
    """Aware, in the clinic's zone: its date is the clinic's day."""
    route: Route
    drug: Drug
    amount: Milligrams | None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("at: give the time with its zone, for example 2026-11-02 09:00+00:00")

    @property
    def day(self) -> date:
        """The clinic's day."""
        return self.at.date()
