"""What a stop policy is made of, and how one is loaded by its name."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from mooring.core.datafiles import Frozen
from mooring.core.protocols.cited import Claims, Number, Policy
from mooring.core.protocols.loading import policy_file, policy_names
from mooring.core.session.cases import Cases
from mooring.core.session.checks import Check
from mooring.core.session.entries import SymptomId

FOLDER = Path(__file__).parent


class Rise(Frozen):
    """A blood pressure at least so much over the patient's own baseline."""

    kind: Literal["rise"]
    measure: Literal["systolic", "diastolic"]
    at_least: Number


class Below(Frozen):
    """A value under a limit."""

    kind: Literal["below"]
    measure: Literal["spo2"]
    limit: Number


class AtMost(Frozen):
    """A value at a limit or under it."""

    kind: Literal["at_most"]
    measure: Literal["moaas"]
    limit: Number


class Reported(Frozen):
    """A symptom of any severity but "none"."""

    kind: Literal["reported"]
    symptoms: tuple[SymptomId, ...]
    claims: Claims


Condition = Annotated[Rise | Below | AtMost | Reported, Field(discriminator="kind")]


class Rule(Frozen):
    """Fires on an entry that meets any of its conditions."""

    id: str
    level: Literal["stop", "call", "caution"]
    title: str
    any_of: tuple[Condition, ...]


class Repeat(Frozen):
    """A single high reading without symptoms is measured again soon; the banner is up already."""

    rule: str
    check: Check
    unless: str
    """The rule that makes a repeat pointless while it is active."""
    within: Number


class StopPolicy(Policy):
    """One named set of stop and call rules."""

    applies: Literal["from_start", "always"]
    """From the start of the infusion on, or also before it."""
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
