"""What a monitoring schedule is made of, and how one is loaded by its name."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from mooring.core.datafiles import Frozen
from mooring.core.protocols.cited import Number, Policy
from mooring.core.protocols.loading import policy_file, policy_names
from mooring.core.session.cases import Cases
from mooring.core.session.checks import Check
from mooring.core.session.view import DueState

FOLDER = Path(__file__).parent


class Round(Frozen):
    """How often, and how long past its time a check counts as due and not yet as overdue."""

    every: Number
    grace: Number


class Intervals(Frozen):
    """Checks at most so far apart, counted from the last one, or from the start for the first."""

    kind: Literal["intervals"]
    checks: tuple[Check, ...]
    infusing: Round
    """Also while the infusion is paused; without a pump, from the first dose to the last."""
    after: Round


class Times(Frozen):
    """Checks at fixed minutes from the start. A missed time is owed until the check is done."""

    kind: Literal["times"]
    checks: tuple[Check, ...]
    at: tuple[Number, ...] = Field(min_length=1)
    early: Number
    """A check taken up to so long before its time counts for it."""
    grace: Number


Schedule = Annotated[Intervals | Times, Field(discriminator="kind")]


class Giving(Frozen):
    """What is watched about the drug itself."""

    grace: Number
    """How long the end of an infusion, or the next of several doses, counts as due."""
    stop_when_over: Number
    """Percent of the ordered dose; more than the order at all is a caution."""


class MonitoringPolicy(Policy):
    """One named schedule."""

    schedules: tuple[Schedule, ...] = Field(min_length=1)
    after_refusal: Number
    """How long after a check was not possible it is asked for again."""
    giving: Giving


class ExpectedDue(Frozen):
    """One check that is asked for, at its minute, late from another minute."""

    check: Check
    at: int
    late_after: int
    state: DueState


class Expected(Frozen):
    """What a case expects to be due, in order of time."""

    due: tuple[ExpectedDue, ...] = ()


def names() -> list[str]:
    """The monitoring schedules there are."""
    return policy_names(FOLDER)


@cache
def load(name: str, version: str | None = None) -> MonitoringPolicy:
    """The schedule called `name`. Raises DataFileError naming those there are, or the fault."""
    return policy_file(FOLDER, name, "policy.toml", MonitoringPolicy, version)


def cases(name: str, version: str | None = None) -> Cases[Expected]:
    """The case table of a schedule."""
    return policy_file(FOLDER, name, "cases.toml", Cases[Expected], version)
