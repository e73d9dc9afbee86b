"""The cases of a bounds policy: orders in, findings out. Specification, test and handbook page."""

from datetime import date
from decimal import Decimal

from pydantic import Field

from mooring.core.protocols.bounds.case_orders import CaseOrder, Earlier
from mooring.core.protocols.bounds.checking import check
from mooring.core.protocols.bounds.drawn import check_drawn_up
from mooring.core.protocols.bounds.findings import BoundFinding, Level
from mooring.core.protocols.bounds.policy import FOLDER, BoundsPolicy
from mooring.core.protocols.loading import Frozen, policy_file
from mooring.core.quantities import MilligramsPerMillilitre, Millilitres


class Drawn(Frozen):
    """A volume drawn from a vial of the given strength."""

    ml: Decimal = Field(gt=0)
    mg_per_ml: Decimal = Field(gt=0)


class BoundCase(CaseOrder):
    """One order as it was written, and the findings that the policy owes it."""

    id: str
    title: str
    in_line_mg_per_ml: Decimal = Decimal(1)
    in_line_unknown: bool = False
    drawn: Drawn | None = None
    given: tuple[Earlier, ...] = ()
    given_unknown: bool = False
    group_of: int | None = None
    expected: dict[str, Level] = Field(default_factory=dict)
    """Rule to level; a rule that is not named must stay silent."""

    def findings(self, policy: BoundsPolicy, on: date) -> tuple[BoundFinding, ...]:
        """What the policy says to the order and, where the case has one, to the drawn volume.

        What the policy cannot judge is the same for every order, and is left out.
        """
        order = self.order(on)
        in_line = None if self.in_line_unknown else MilligramsPerMillilitre(self.in_line_mg_per_ml)
        before = None if self.given_unknown else [each.administered(on) for each in self.given]
        found = check(policy, order, on, in_line, before, group_of=self.group_of)
        said = tuple(each for each in found if each.level is not Level.NOTE)
        if self.drawn is None:
            return said
        volume = Millilitres(self.drawn.ml)
        vial = MilligramsPerMillilitre(self.drawn.mg_per_ml)
        return said + check_drawn_up(policy, order, volume, vial)


class _CasesFile(Frozen):
    cases: tuple[BoundCase, ...] = Field(min_length=1)


def cases(policy: str, version: str | None = None) -> tuple[BoundCase, ...]:
    """The cases of the policy of that name. Raises DataFileError when they do not fit."""
    return policy_file(FOLDER, policy, "cases.toml", _CasesFile, version).cases
