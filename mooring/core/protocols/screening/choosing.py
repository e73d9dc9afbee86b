"""Which screening policy judges a plan of treatment: by drug, route, indication, model of care."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from mooring.core.drugs.drug import Drug, Route
from mooring.core.protocols.loading import Frozen, read_toml

FILE = Path(__file__).parent / "chosen_by.toml"


@dataclass(frozen=True)
class Plan:
    """What a patient is screened for. Two plans of one policy are judged alike."""

    drug: Drug
    route: Route
    indication: str
    """An id of the clinic's list, for example depression or pain."""
    model_of_care: str
    """An id of the clinic's list; group and home have policies of their own."""


class _Row(Frozen):
    policy: str
    drug: Drug | None = None
    routes: tuple[Route, ...] = ()
    indications: tuple[str, ...] = ()
    models: tuple[str, ...] = ()

    def fits(self, plan: Plan) -> bool:
        """True when the row says nothing against the plan."""
        return (
            self.drug in (None, plan.drug)
            and (not self.routes or plan.route in self.routes)
            and (not self.indications or plan.indication in self.indications)
            and (not self.models or plan.model_of_care in self.models)
        )


class _Table(Frozen):
    rows: tuple[_Row, ...] = Field(min_length=1)


@cache
def _table(file: Path = FILE) -> _Table:
    return read_toml(file, _Table)


def policy_for(plan: Plan) -> str:
    """The id of the policy that judges the plan. The last row fits every plan."""
    return next(row.policy for row in _table().rows if row.fits(plan))
