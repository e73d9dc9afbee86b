"""Loads screening policies, and adds the two rules that every required question brings along."""

from datetime import date
from functools import cache
from pathlib import Path

from mooring.core.protocols import value_sets
from mooring.core.protocols.loading import (
    DataFileError,
    Frozen,
    policy_file,
    policy_names,
)
from mooring.core.protocols.screening.model import (
    NOT_OBTAINABLE,
    AllergyTrigger,
    AnswerTrigger,
    ConditionTrigger,
    FactTrigger,
    Indication,
    MeasurementTrigger,
    MedicationTrigger,
    Option,
    Policy,
    Question,
    QuestionAbsence,
    Rule,
    TriggerRule,
)
from mooring.core.protocols.screening.record import Tier

FOLDER = Path(__file__).parent


class _PolicyFile(Frozen):
    id: str
    title: str
    version: str
    adopted_on: date
    summary: str
    units: dict[str, tuple[str, ...]]
    indications: tuple[Indication, ...]
    rules: tuple[Rule, ...]


class _QuestionsFile(Frozen):
    questions: tuple[Question, ...]


def policies(folder: Path = FOLDER) -> list[Policy]:
    """All screening policies, by name."""
    return [load_policy(name, folder) for name in policy_names(folder)]


@cache
def load_policy(name: str, folder: Path = FOLDER, version: str | None = None) -> Policy:
    """Read the policy `name`; without a version its newest.

    Raises DataFileError, naming file, rule and field, when a file does not fit its model or a
    rule names a value set, question, option, measurement or claim that is not there.
    """
    content = policy_file(folder, name, "policy.toml", _PolicyFile, version)
    asked = policy_file(folder, name, "questions.toml", _QuestionsFile, version).questions
    questions = tuple(_with_not_obtainable(question) for question in asked)
    derived = [rule for question in questions if question.required for rule in _derived(question)]
    policy = Policy.model_validate(
        {
            **content.model_dump(exclude={"rules", "indications"}),
            "indications": content.indications,
            "questions": questions,
            "rules": (*content.rules, *derived),
        }
    )
    _check(policy, f"{name}/policy.toml")
    return policy


def _with_not_obtainable(question: Question) -> Question:
    if not question.required:
        return question
    option = Option(
        value=NOT_OBTAINABLE,
        label="Not obtainable",
        detail="text",
        detail_label="Why could it not be obtained?",
    )
    return question.model_copy(update={"options": (*question.options, option)})


def _derived(question: Question) -> tuple[Rule, Rule]:
    """No usable answer is missing; an answer that could not be obtained needs evaluation."""
    unanswered = Rule(
        id=f"unanswered.{question.id}",
        tier=Tier.MISSING,
        title=f"Not answered: {question.text}",
        explanation="Unknown is not the same as no. Ask, or record why it could not be obtained.",
        claims=question.claims,
        disagreements=question.disagreements,
        when=(QuestionAbsence(kind="absence", question=question.id),),
        show_also=question.show_also,
        asks=question.id,
    )
    not_obtainable = Rule(
        id=f"not-obtainable.{question.id}",
        tier=Tier.EVALUATE,
        title=f"Could not be obtained: {question.text}",
        explanation="The prescriber weighs whether to go on without this answer.",
        claims=question.claims,
        disagreements=question.disagreements,
        when=(AnswerTrigger(kind="answer", question=question.id, values=(NOT_OBTAINABLE,)),),
        show_also=question.show_also,
    )
    return unanswered, not_obtainable


def _check(policy: Policy, file: str) -> None:
    """Every name that a rule uses leads somewhere, and every id stands once."""
    _check_once(file, [rule.id for rule in policy.rules])
    _check_once(file, [question.id for question in policy.questions])
    for indication in policy.indications:
        _check_value_set(f"{file}: indications", indication.value_set)
    for rule in policy.rules:
        for trigger in (*rule.when, *rule.show_also):
            _check_trigger(f"{file}: '{rule.id}'", trigger, policy)


def _check_once(file: str, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise DataFileError(f"{file}: '{name}' › id: stands twice")


def _check_trigger(place: str, trigger: TriggerRule | FactTrigger, policy: Policy) -> None:
    match trigger:
        case ConditionTrigger() | MedicationTrigger() | AllergyTrigger():
            _check_value_set(place, trigger.value_set)
        case AnswerTrigger() | QuestionAbsence():
            _check_question(place, trigger, policy)
        case MeasurementTrigger():
            _check_units(place, (trigger.measure,), policy)
        case _:
            _check_units(place, trigger.measurements, policy)


def _check_value_set(place: str, name: str) -> None:
    if name not in value_sets.load():
        raise DataFileError(f"{place} › value_set: no value set is called '{name}'")


def _check_question(place: str, trigger: AnswerTrigger | QuestionAbsence, policy: Policy) -> None:
    try:
        question = policy.question(trigger.question)
    except KeyError:
        raise DataFileError(
            f"{place} › question: no question is called '{trigger.question}'"
        ) from None
    for value in trigger.values if isinstance(trigger, AnswerTrigger) else ():
        if question.option(value) is None:
            raise DataFileError(
                f"{place} › values: the question '{question.id}' has no option '{value}'"
            )


def _check_units(place: str, codes: tuple[str, ...], policy: Policy) -> None:
    for code in codes:
        if code not in policy.units:
            raise DataFileError(f"{place} › measurement: the policy has no units for '{code}'")
