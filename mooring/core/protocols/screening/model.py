"""What a screening policy is made of: questions, rules and the triggers that make a rule speak."""

from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Discriminator, Field, Tag, model_validator

from mooring.core.protocols.conditions import Comparison
from mooring.core.protocols.loading import ClaimId, DisagreementId, Frozen
from mooring.core.protocols.screening.record import Tier

NOT_OBTAINABLE = "not-obtainable"
"""The answer that every required question has beside its own options. It wants a reason."""

ListName = Literal["medications", "allergies"]

FactStatus = Literal["current", "past", "any"]
"""Which facts count. A status that is not known to be past counts as current."""


class ConditionTrigger(Frozen):
    """A condition of a value set stands in the record."""

    kind: Literal["condition"]
    value_set: str
    status: FactStatus = "any"


class MedicationTrigger(Frozen):
    """A medicine of a value set stands in the record."""

    kind: Literal["medication"]
    value_set: str
    status: FactStatus = "any"


class AllergyTrigger(Frozen):
    """An allergy or intolerance of a value set stands in the record, whatever its status."""

    kind: Literal["allergy"]
    value_set: str


class AnswerTrigger(Frozen):
    """A question was answered with one of these values."""

    kind: Literal["answer"]
    question: str
    values: tuple[str, ...]


class MeasurementTrigger(Comparison):
    """The latest measurement, if it is fresh enough, lies on the wrong side of a limit."""

    kind: Literal["measurement"]
    measure: str
    max_age_days: int

    @model_validator(mode="after")
    def _has_a_side(self) -> Self:
        if self.comparator == "within":
            raise ValueError("comparator: screening knows no baseline for 'within' to count from")
        return self


class QuestionAbsence(Frozen):
    """A question has no answer that can be used."""

    kind: Literal["absence"]
    question: str


class MeasurementAbsence(Frozen):
    """No measurement is there, or none fresh enough. Several codes count only on one day."""

    kind: Literal["absence"]
    measurements: tuple[str, ...]
    name: str
    """What the measurements are together, for example "blood pressure"."""
    max_age_days: int


class ListAbsence(Frozen):
    """Nobody has said of a list that it is complete or empty, or not within these days."""

    kind: Literal["absence"]
    list: ListName
    max_age_days: int


FactTrigger = Annotated[ConditionTrigger | MedicationTrigger, Field(discriminator="kind")]


def _kind(trigger: Any) -> str:
    """Which trigger is meant; the absences share a word and differ by what is absent."""
    if not isinstance(trigger, dict):
        trigger = trigger.model_dump()
    if trigger.get("kind") == "absence":
        absent = [name for name in ("question", "list") if name in trigger]
        return f"absent-{absent[0] if absent else 'measurement'}"
    return str(trigger.get("kind"))


TriggerRule = Annotated[
    Annotated[ConditionTrigger, Tag("condition")]
    | Annotated[MedicationTrigger, Tag("medication")]
    | Annotated[AllergyTrigger, Tag("allergy")]
    | Annotated[AnswerTrigger, Tag("answer")]
    | Annotated[MeasurementTrigger, Tag("measurement")]
    | Annotated[QuestionAbsence, Tag("absent-question")]
    | Annotated[ListAbsence, Tag("absent-list")]
    | Annotated[MeasurementAbsence, Tag("absent-measurement")],
    Discriminator(_kind),
]


class Rule(Frozen):
    """A rule speaks when any of its triggers does; the finding names all that did."""

    id: str
    tier: Tier
    title: str
    explanation: str
    claims: tuple[ClaimId, ...] = Field(min_length=1)
    disagreements: tuple[DisagreementId, ...] = ()
    when: tuple[TriggerRule, ...] = Field(min_length=1)
    show_also: tuple[FactTrigger, ...] = ()
    """Facts from the record that are named when the rule speaks, but do not make it speak."""
    asks: str | None = None
    """For missing: the question, measurement or list that would answer it."""
    by_side: dict[str, Tier] = Field(default_factory=dict)
    """The tier under a side that the clinic takes; a side not named leaves `tier`."""

    @model_validator(mode="after")
    def _missing_says_what_it_asks(self) -> Self:
        if (self.tier is Tier.MISSING) != (self.asks is not None):
            raise ValueError("a rule of the tier missing names in `asks` what would answer it")
        return self


class Option(Frozen):
    """One answer that can be chosen."""

    value: str
    label: str
    detail: Literal["none", "text", "number"] = "none"
    """What has to be written beside the answer."""
    detail_label: str = ""

    @model_validator(mode="after")
    def _detail_has_a_label(self) -> Self:
        if self.detail != "none" and not self.detail_label:
            raise ValueError("an option that wants a detail has a detail_label")
        return self


class Question(Frozen):
    """One question of the screening interview."""

    id: str
    text: str
    help: str = ""
    options: tuple[Option, ...] = Field(min_length=2)
    required: bool = True
    max_age_days: int | None = None
    """After so many days it is asked again; None when the answer keeps."""
    claims: tuple[ClaimId, ...] = Field(min_length=1)
    disagreements: tuple[DisagreementId, ...] = ()
    show_also: tuple[FactTrigger, ...] = ()

    def option(self, value: str) -> Option | None:
        """The option with this value; None when the question has no such option."""
        return next((option for option in self.options if option.value == value), None)


class Indication(Frozen):
    """A value set whose conditions speak for treatment."""

    value_set: str
    claims: tuple[ClaimId, ...] = Field(min_length=1)


class Side(Frozen):
    """One way to follow a disagreement. The first of a choice is taken until a clinic chooses."""

    id: str
    title: str
    claims: tuple[ClaimId, ...] = Field(min_length=1)


class Choice(Frozen):
    """A disagreement of the sources on which a clinic can choose its side."""

    disagreement: DisagreementId
    sides: tuple[Side, ...] = Field(min_length=2)

    def side(self, name: str | None) -> Side:
        """The side with this id; without one, or for one that is no longer there, the first."""
        return next((side for side in self.sides if side.id == name), self.sides[0])


class Policy(Frozen):
    """A named, versioned set of questions and rules. Chosen by the clinic, never merged."""

    id: str
    title: str
    version: str
    adopted_on: date
    summary: str
    units: dict[str, tuple[str, ...]]
    """For each measurement code the units that are understood; others count as unknown."""
    indications: tuple[Indication, ...]
    questions: tuple[Question, ...]
    rules: tuple[Rule, ...]
    choices: tuple[Choice, ...] = ()
    extends: str = ""
    """The policy and version whose rules it takes over, for example "iv_ketamine 2"."""
    own: frozenset[str] = frozenset()
    """The rules and questions that are its own; all of them where it extends nothing."""
    sides: tuple[tuple[str, str], ...] = ()
    """The sides that are taken, where they are not the first: disagreement and side."""

    def question(self, question_id: str) -> Question:
        """The question. Raises KeyError that names the id when there is none."""
        for question in self.questions:
            if question.id == question_id:
                return question
        raise KeyError(f"the policy '{self.id}' has no question '{question_id}'")

    def rule(self, rule_id: str) -> Rule:
        """The rule. Raises KeyError that names the id when there is none."""
        for rule in self.rules:
            if rule.id == rule_id:
                return rule
        raise KeyError(f"the policy '{self.id}' has no rule '{rule_id}'")
