"""What a ladder policy says: rising doses on separate days, each watched, reviewed and decided."""

from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from mooring.core.drugs.drug import Drug, Route
from mooring.core.protocols.cited import Claims, Number, Policy
from mooring.core.protocols.loading import DisagreementId, Frozen, policy_file
from mooring.core.quantities import Milligrams, MilligramsPerMillilitre, Millilitres

FOLDER = Path(__file__).parent


class Said(Frozen):
    """A sentence of the plan."""

    text: str
    claims: Claims


class Spray(Frozen):
    """What one spray holds."""

    mg_per_ml: Decimal = Field(gt=0)
    ml: Decimal = Field(gt=0)
    claims: Claims

    @property
    def volume(self) -> Millilitres:
        """The volume of one spray."""
        return Millilitres(self.ml)

    @property
    def amount(self) -> Milligrams:
        """The drug in one spray."""
        return self.volume * MilligramsPerMillilitre(self.mg_per_ml)


class Step(Frozen):
    """One dose of the ladder: when its sprays are given, in minutes from the first."""

    sprays_at_minutes: tuple[int, ...] = Field(min_length=1)
    claims: Claims

    @model_validator(mode="after")
    def _from_zero_upwards(self) -> Self:
        minutes = self.sprays_at_minutes
        if minutes[0] != 0 or any(later <= earlier for earlier, later in pairwise(minutes)):
            raise ValueError("sprays_at_minutes: start at 0 and rise, for example [0, 10, 20]")
        return self

    @property
    def sprays(self) -> int:
        """How many sprays the step has."""
        return len(self.sprays_at_minutes)


class Hours(Frozen):
    """A number of hours that has to pass."""

    hours: int = Field(gt=0)
    claims: Claims


class Review(Hours):
    """When a clinician looks back on a step, and what for."""

    text: str


class Checklist(Frozen):
    """What is asked after each step; every item needs an answer."""

    items: tuple[str, ...] = Field(min_length=1)
    claims: Claims


class Course(Said):
    """How the last step's dose goes on."""

    doses_per_week: int = Field(gt=0)
    weeks: int = Field(gt=0)

    @property
    def doses(self) -> int:
        """All doses of the course."""
        return self.doses_per_week * self.weeks


class Gate(Frozen):
    """A question that has to be answered with yes before anything goes home."""

    id: str
    asks: str
    names: str = ""
    """What a yes has to write down, for example who stays with the patient."""
    within: Number | None = None
    """At most so many days may lie between the day that a yes names and today."""
    beside: tuple[str, ...] = ()
    """Rules of the screening whose findings speak against a yes."""
    claims: Claims
    disagreements: tuple[DisagreementId, ...] = ()


class LadderPolicy(Policy):
    """One named ladder."""

    drug: Drug
    route: Route
    spray: Spray
    steps: tuple[Step, ...] = Field(min_length=1)
    separate_days: Said
    watch: Hours
    review: Review
    checklist: Checklist
    escalation: Said
    course: Course
    home: tuple[Gate, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _rising(self) -> Self:
        counts = [step.sprays for step in self.steps]
        if counts != sorted(set(counts)):
            raise ValueError("steps: each step has more sprays than the one before")
        return self

    def amount(self, step: int) -> Milligrams:
        """The drug in one step, counted from 1."""
        return self.total(self.steps[step - 1].sprays)

    def total(self, sprays: int) -> Milligrams:
        """The drug in that many sprays."""
        return Milligrams(self.spray.amount.value * sprays)

    def volume(self, sprays: int) -> Millilitres:
        """The volume of that many sprays."""
        return Millilitres(self.spray.volume.value * sprays)

    @property
    def course_sprays(self) -> int:
        """The sprays of the whole course at the last step's dose."""
        return self.course.doses * self.steps[-1].sprays

    @property
    def sprays_with_titration(self) -> int:
        """The course with the steps that lead to it; its first dose is the last step."""
        return self.course_sprays + sum(step.sprays for step in self.steps[:-1])


@cache
def load(name: str, version: str | None = None) -> LadderPolicy:
    """The policy of that name. Raises DataFileError when there is none or it does not fit."""
    return policy_file(FOLDER, name, "policy.toml", LadderPolicy, version)
