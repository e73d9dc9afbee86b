"""The cases of a watch: doses and looks in, reasons out. Specification, test and handbook page."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from pydantic import Field

from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.exposure.given import Administered
from mooring.core.protocols.loading import Frozen, policy_file
from mooring.core.protocols.watch.looks import Look, Result
from mooring.core.protocols.watch.policy import FOLDER, WatchPolicy
from mooring.core.protocols.watch.standing import OrganStanding, State, standing
from mooring.core.quantities import Milligrams


class CaseDose(Frozen):
    """One dose for each of these days; an amount left out is not on record."""

    days: tuple[int, ...]
    mg: Decimal | None = None
    drug: Drug = Drug.RACEMIC_KETAMINE
    route: Route = Route.INTRAVENOUS_INFUSION

    def given(self, first: date) -> list[Administered]:
        """The doses, had day 0 been that day."""
        amount = None if self.mg is None else Milligrams(self.mg)
        at = [datetime.combine(first + timedelta(days=n), time(9), UTC) for n in self.days]
        return [Administered(one, self.route, self.drug, amount) for one in at]


class CaseLook(Frozen):
    """One entry; `name` is how a correction names it."""

    day: int
    item: str
    result: Result = Result.NOTHING
    words: str = ""
    name: str = ""
    corrects: str | None = None

    def look(self, first: date, number: int) -> Look:
        """The entry, had day 0 been that day."""
        on = first + timedelta(days=self.day)
        name = self.name or f"look {number}"
        return Look(name, self.item, on, self.result, self.words, corrects=self.corrects)


class Expected(Frozen):
    """One reason that is told, and how pressing it is."""

    item: str
    rule: str
    state: State


class WatchCase(Frozen):
    """One person looked at on one day."""

    id: str
    title: str
    all_on: tuple[int, ...] = (0,)
    """On these days every repeated item was looked at and nothing found."""
    doses: tuple[CaseDose, ...] = ()
    looks: tuple[CaseLook, ...] = ()
    as_of: int
    ongoing: bool = True
    expect: tuple[Expected, ...] = ()

    def standing(self, policy: WatchPolicy, first: date) -> tuple[OrganStanding, ...]:
        """How this case stands, had day 0 been that day."""
        repeated = [item.id for item in policy.items.values() if item.repeat is not None]
        ordinary = [CaseLook(day=day, item=item) for day in self.all_on for item in repeated]
        looks = [look.look(first, n) for n, look in enumerate((*ordinary, *self.looks))]
        doses = [given for dose in self.doses for given in dose.given(first)]
        on = first + timedelta(days=self.as_of)
        return standing(policy, doses, looks, on, ongoing=self.ongoing)


class _CasesFile(Frozen):
    cases: tuple[WatchCase, ...] = Field(min_length=1)


def cases(policy: str, version: str | None = None) -> tuple[WatchCase, ...]:
    """The cases of the policy of that name. Raises DataFileError when they do not fit."""
    return policy_file(FOLDER, policy, "cases.toml", _CasesFile, version).cases
