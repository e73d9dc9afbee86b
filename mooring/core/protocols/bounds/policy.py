"""What a bounds policy says: its drug, its route and its limits, each with the claims behind it."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from mooring.core.drugs.drug import Drug, Route
from mooring.core.protocols.bounds.limits import (
    AmountLimit,
    ConcentrationLimit,
    DevicesLimit,
    DoseLimit,
    DurationLimit,
    Limit,
    MembersLimit,
    RateLimit,
    SessionsLimit,
    SumLimit,
)
from mooring.core.protocols.loading import DisagreementId, Frozen, policy_file, policy_names

FOLDER = Path(__file__).parent


class BoundsPolicy(Frozen):
    """One named set of limits. It speaks only for its own drug and route.

    A limit that no claim carries is absent, and what is absent is said in `unsourced`.
    """

    id: str
    version: str
    title: str
    drug: Drug
    route: Route
    setting: Literal["any", "group"] = "any"
    """A policy for groups speaks only for an order given in one."""
    drug_and_route: Limit
    """Why an order of another drug or by another route is refused."""
    weight_needed: Limit
    """Why an order without a recent weight is held."""

    least_dose: DoseLimit | None = None
    """Below it: a soft warning, which names the slip of a unit where it looks like one."""
    standard_dose: DoseLimit | None = None
    """Above it: a soft warning."""
    highest_dose: DoseLimit | None = None
    """Above it: a hard stop, which a second person and a reason can open."""
    refused_dose: DoseLimit | None = None
    """Above it: refused, whoever signs."""

    least_amount: AmountLimit | None = None
    """Below it: a soft warning."""
    standard_amount: AmountLimit | None = None
    """Above it: a soft warning."""
    highest_amount: AmountLimit | None = None
    """Above it: a hard stop."""
    not_tolerated: AmountLimit | None = None
    """This amount or more: a hard stop."""
    refused_amount: AmountLimit | None = None
    """Above it: refused, whoever signs."""

    fewest_devices: DevicesLimit | None = None
    """Fewer: a soft warning."""
    most_devices: DevicesLimit | None = None
    """More: a hard stop."""

    fastest_rate: RateLimit | None = None
    """Faster: a hard stop."""
    slowest_rate: RateLimit | None = None
    """Slower: a soft warning."""
    shortest_time: DurationLimit | None = None
    """Given in less: refused."""
    longest_time: DurationLimit | None = None
    """Given in more: a soft warning."""
    closest_sprays: DurationLimit | None = None
    """Closer to each other: a soft warning."""
    refused_concentration: ConcentrationLimit | None = None
    """This concentration or more: refused."""
    strongest_in_line: ConcentrationLimit | None = None
    """Stronger: refused, because the vial it comes from was hardly diluted."""

    earlier_doses: Limit | None = None
    """Why an order waits until the doses before it are known."""
    standard_day: AmountLimit | None = None
    """More on one day, with what was given before: a soft warning."""
    highest_day: AmountLimit | None = None
    """More on one day, with what was given before: a hard stop."""
    highest_sum: SumLimit | None = None
    """More in so many days, with what was given before: a soft warning."""
    most_sessions: SessionsLimit | None = None
    """More days with a dose in so many days: a soft warning."""
    second_dose: Limit | None = None
    """A second dose of its own on one day: held as one of the day's sum would be, at least soft
    where no limit of one day stands."""
    other_dose: Limit | None = None
    """Another drug or route on the same day: a hard stop."""

    largest_group: MembersLimit | None = None
    """More members: refused."""
    drawn_up: Limit | None = None
    """Why the volume drawn up is counted back to milligrams; None where nothing is drawn up."""
    unsourced: tuple[str, ...] = ()
    """What this policy cannot judge, because no source that was read gives a number."""
    disagreements: tuple[DisagreementId, ...] = ()

    @model_validator(mode="after")
    def _earlier_doses_have_a_reason(self) -> Self:
        if (self.earlier_doses is not None) is not self.counts_earlier_doses:
            raise ValueError("earlier_doses: stands where, and only where, a limit counts them")
        return self

    @property
    def counts_earlier_doses(self) -> bool:
        """True when some limit needs to know what was given before."""
        days = (self.standard_day, self.highest_day, self.second_dose, self.other_dose)
        return any(limit is not None for limit in (*days, self.highest_sum, self.most_sessions))

    @property
    def by_weight(self) -> bool:
        """True when some limit is by body weight, so that a weight has to be recorded."""
        doses = (self.least_dose, self.standard_dose, self.highest_dose, self.refused_dose)
        rates = (self.fastest_rate, self.slowest_rate)
        return any(limit is not None for limit in (*doses, *rates))

    def limits(self) -> Iterator[tuple[str, Limit]]:
        """Every limit it has, with its name."""
        for name in type(self).model_fields:
            limit = getattr(self, name)
            if isinstance(limit, Limit):
                yield name, limit


def names() -> list[str]:
    """The bounds policies there are."""
    return policy_names(FOLDER)


@cache
def load(name: str, version: str | None = None) -> BoundsPolicy:
    """The policy of that name. Raises DataFileError when there is none or it does not fit."""
    return policy_file(FOLDER, name, "policy.toml", BoundsPolicy, version)


@cache
def speaking_for(drug: Drug, route: Route, *, group: bool = False) -> tuple[str, ...]:
    """The policies that speak for a drug and a route; empty when there are none.

    Those for a session in a group are among them only when it is one.
    """
    return tuple(
        name
        for name in names()
        if (load(name).drug, load(name).route) == (drug, route)
        and (group or load(name).setting == "any")
    )
