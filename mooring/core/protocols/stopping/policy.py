"""What a stop policy is made of, and how one is loaded by its name."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from mooring.core.datafiles import Frozen
from mooring.core.protocols.cited import Number, Policy
from mooring.core.protocols.conditions import Condition, Reported
from mooring.core.protocols.loading import policy_file, policy_names
from mooring.core.session.cases import Cases
from mooring.core.session.checks import Check

FOLDER = Path(__file__).parent


Applies = Literal["from_start", "always"]
"""From the start of the infusion on, or also before it."""


class Rule(Frozen):
    """Fires on an entry that meets any of its conditions."""

    id: str
    level: Literal["stop", "call", "caution"]
    title: str
    any_of: tuple[Condition, ...] = Field(min_length=1)
    applies: Applies | None = None
    """Where this rule looks at more, or at less, than the others of its policy."""


class Repeat(Frozen):
    """A single high reading without symptoms is measured again soon; the banner is up already."""

    rules: tuple[str, ...] = Field(min_length=1)
    """The rules of this policy whose first firing asks for it."""
    check: Check
    unless: Reported
    """Symptoms that make a repeat pointless while they are there."""
    within: Number


class StopPolicy(Policy):
    """One named set of stop and call rules."""

    applies: Applies
    rules: tuple[Rule, ...]
    repeat: Repeat | None = None


class Expected(Frozen):
    """What a case expects: rules that fired by then, those still active, repeats planned."""

    fired: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    repeat_by_minute: int | None = None
    says: str | None = None
    """The words of the newest alert."""


def names() -> list[str]:
    """The stop policies there are."""
    return policy_names(FOLDER)


@cache
def load(name: str, version: str | None = None) -> StopPolicy:
    """The policy called `name`. Raises DataFileError naming those there are, or what is wrong."""
    return policy_file(FOLDER, name, "policy.toml", StopPolicy, version)


def cases(name: str, version: str | None = None) -> Cases[Expected]:
    """The case table of a policy."""
    return policy_file(FOLDER, name, "cases.toml", Cases[Expected], version)
