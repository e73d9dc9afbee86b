"""What a start policy is made of, and how one is loaded by its name."""

from functools import cache
from pathlib import Path
from typing import Literal

from mooring.core.datafiles import Frozen
from mooring.core.protocols.cited import Claims, Number, Policy
from mooring.core.protocols.loading import policy_file, policy_names
from mooring.core.session.cases import Cases
from mooring.core.session.entries import SymptomId

FOLDER = Path(__file__).parent


class Asked(Frozen):
    """A question of the check-in that has to have an answer."""

    field: Literal[
        "last_food_at", "last_fluid_at", "escort_name", "substances_today", "medicines_today"
    ]
    missing: str
    """What is said while it has none."""
    claims: Claims


class Pair(Frozen):
    """The baseline: two seated blood pressures, so far apart, the newer one not too old."""

    apart_at_least: Number
    apart_at_most: Number
    not_older_than: Number
    claims: Claims


class Limit(Frozen):
    """A vital sign that has to be known, not older than the baseline may be, and within limits."""

    measure: Literal["systolic", "heart_rate", "respiratory_rate", "spo2"]
    not_below: Number | None = None
    not_above: Number | None = None
    claims: Claims


class Symptoms(Frozen):
    """Symptoms that hold the start while they are there. Not asked does not hold it."""

    symptoms: tuple[SymptomId, ...]
    claims: Claims


class StartPolicy(Policy):
    """One named set of what has to be there before the start."""

    asked: tuple[Asked, ...]
    baseline: Pair
    limits: tuple[Limit, ...]
    hold_for: Symptoms
    no_active_rule: Claims


class Expected(Frozen):
    """What a case expects to hold the start, by id, in order; and the first line's words."""

    open: tuple[str, ...] = ()
    says: str | None = None


def names() -> list[str]:
    """The start policies there are."""
    return policy_names(FOLDER)


@cache
def load(name: str, version: str | None = None) -> StartPolicy:
    """The policy called `name`. Raises DataFileError naming those there are, or what is wrong."""
    return policy_file(FOLDER, name, "policy.toml", StartPolicy, version)


def cases(name: str, version: str | None = None) -> Cases[Expected]:
    """The case table of a policy."""
    return policy_file(FOLDER, name, "cases.toml", Cases[Expected], version)
