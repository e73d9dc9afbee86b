"""The cases of a bounds policy: orders in, findings out. Specification, test and handbook page."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import Field

from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.order import InfusionOrder
from mooring.core.drugs.weight import Weight, WeightMethod
from mooring.core.protocols.bounds.findings import BoundFinding, Level, check, check_drawn_up
from mooring.core.protocols.bounds.policy import FOLDER, BoundsPolicy
from mooring.core.protocols.loading import Frozen, policy_file
from mooring.core.quantities import (
    Kilograms,
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Millilitres,
    Minutes,
)


class Drawn(Frozen):
    """A volume drawn from a vial of the given strength."""

    ml: Decimal = Field(gt=0)
    mg_per_ml: Decimal = Field(gt=0)


class BoundCase(Frozen):
    """One order as it was written, and the findings that the policy owes it."""

    id: str
    title: str
    drug: Drug = Drug.RACEMIC_KETAMINE
    route: Route = Route.INTRAVENOUS_INFUSION
    dose: Decimal = Field(gt=0)
    unit: Literal["mg", "mg/kg"] = "mg/kg"
    weight_kg: Decimal | None = None
    weight_age_days: int = 0
    minutes: Decimal = Decimal(40)
    in_line_mg_per_ml: Decimal = Decimal(1)
    in_line_unknown: bool = False
    drawn: Drawn | None = None
    expected: dict[str, Level] = Field(default_factory=dict)
    """Rule to level; a rule that is not named must stay silent."""

    def order(self, on: date) -> InfusionOrder:
        """The order of this case, written on that day."""
        over = Minutes(self.minutes)
        return InfusionOrder(self.drug, self.route, self._dose(), self._weight(on), over)

    def findings(self, policy: BoundsPolicy, on: date) -> tuple[BoundFinding, ...]:
        """What the policy says to the order and, where the case has one, to the drawn volume."""
        order = self.order(on)
        in_line = None if self.in_line_unknown else MilligramsPerMillilitre(self.in_line_mg_per_ml)
        found = check(policy, order, on, in_line)
        if self.drawn is None:
            return found
        volume = Millilitres(self.drawn.ml)
        vial = MilligramsPerMillilitre(self.drawn.mg_per_ml)
        return found + check_drawn_up(policy, order, volume, vial)

    def _dose(self) -> Milligrams | MilligramsPerKilogram:
        return Milligrams(self.dose) if self.unit == "mg" else MilligramsPerKilogram(self.dose)

    def _weight(self, on: date) -> Weight | None:
        if self.weight_kg is None:
            return None
        measured_on = on - timedelta(days=self.weight_age_days)
        return Weight(Kilograms(self.weight_kg), measured_on, WeightMethod.WEIGHED)


class _CasesFile(Frozen):
    cases: tuple[BoundCase, ...] = Field(min_length=1)


def cases(policy: str) -> tuple[BoundCase, ...]:
    """The cases of the policy of that name. Raises DataFileError when they do not fit."""
    return policy_file(FOLDER, policy, "cases.toml", _CasesFile).cases
