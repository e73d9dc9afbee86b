"""What a start policy is made of, and how one is loaded by its name."""

from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from mooring.core.datafiles import Frozen
from mooring.core.protocols.cited import Claims, Number, Policy
from mooring.core.protocols.conditions import Reported, Threshold
from mooring.core.protocols.interactions.policy import Severity
from mooring.core.protocols.loading import policy_file, policy_names
from mooring.core.session.cases import Cases
from mooring.core.session.chart import Measure
from mooring.core.session.check_in import Intake, Question

FOLDER = Path(__file__).parent


class Asked(Frozen):
    """A question of the check-in that has to have an answer."""

    field: Question
    missing: str
    """What is said while it has none."""
    claims: Claims


class Fasting(Frozen):
    """How long before the start something was last eaten, drunk or sprayed into the nose."""

    intake: Intake
    at_least: Number
    """In minutes."""


class TakenToday(Frozen):
    """How what was taken today is read, and what of it a prescriber has to weigh."""

    interactions: str
    """The interaction policy that reads it, of this version."""
    version: str
    weigh: Annotated[tuple[Severity, ...], Field(min_length=1)]
    """The findings that a prescriber weighs. A substance, and what was not recognised, always."""
    claims: Claims


class Pair(Frozen):
    """The baseline: two seated blood pressures, so far apart, the newer one not too old."""

    apart_at_least: Number
    apart_at_most: Number
    not_older_than: Number
    claims: Claims


class Measured(Frozen):
    """A vital sign that has to be known, not older than the baseline may be, and within limits."""

    measure: Measure
    hold_when: tuple[Threshold, ...] = ()
    """Each of these holds the start."""
    claims: Claims

    @model_validator(mode="after")
    def _speaks_of_its_own_measure(self) -> Self:
        for threshold in self.hold_when:
            if threshold.measure != self.measure or threshold.relative:
                raise ValueError(f"hold_when: an absolute limit of {self.measure} is needed")
        return self


class WeighedPressure(Frozen):
    """A blood pressure that waits for a prescriber, who weighs it at the chair and decides."""

    any_of: tuple[Threshold, ...] = Field(min_length=1)
    claims: Claims

    @model_validator(mode="after")
    def _speaks_of_a_pressure(self) -> Self:
        for threshold in self.any_of:
            if threshold.measure not in ("systolic", "diastolic") or threshold.relative:
                raise ValueError("any_of: an absolute limit of a blood pressure is needed")
        return self


class StartPolicy(Policy):
    """One named set of what has to be there before the start."""

    asked: tuple[Asked, ...]
    identifiers: Number | None = None
    """By how many identifiers, told by the patient, somebody is known to be the one of the chart;
    None in the first version, which did not ask."""
    fasting: tuple[Fasting, ...] = ()
    taken_today: TakenToday | None = None
    baseline: Pair
    measured: tuple[Measured, ...]
    weigh_pressure: WeighedPressure | None = None
    hold_for: Reported
    """Symptoms that hold the start while they are there. Not asked does not hold it."""
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
