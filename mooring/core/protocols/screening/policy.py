"""Loads screening policies, and adds the two rules that every required question brings along."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import Field

from mooring.core.protocols import value_sets
from mooring.core.protocols.loading import (
    DataFileError,
    Frozen,
    policy_file,
    policy_folder,
    policy_names,
)
from mooring.core.protocols.screening.model import (
    NOT_OBTAINABLE,
    AllergyTrigger,
    AnswerTrigger,
    Choice,
    ConditionTrigger,
    FactTrigger,
    Indication,
    ListAbsence,
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


class _Extends(Frozen):
    """The version of a policy whose questions, rules and units are taken over."""

    policy: str
    version: str
    without: tuple[str, ...] = ()
    """Rules and questions that are left out. One of the same id takes the place of another."""


class _PolicyFile(Frozen):
    id: str
    title: str
    version: str
    adopted_on: date
    summary: str
    extends: _Extends | None = None
    units: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    indications: tuple[Indication, ...] = ()
    choices: tuple[Choice, ...] = ()
    rules: tuple[Rule, ...] = ()


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
    asked = _questions(name, folder, version, required=content.extends is None)
    base = _base(content, folder)
    _check_once(f"{name}/policy.toml", [rule.id for rule in content.rules])
    _check_once(f"{name}/policy.toml", [rule.id for each in asked for rule in _derived(each)])
    questions = _joined(base.questions if base else (), asked)
    kept = [rule for rule in base.rules if not _brought(rule)] if base else []
    derived = [rule for question in questions if question.required for rule in _derived(question)]
    policy = Policy(
        **content.model_dump(exclude={"extends", "units", "rules", "indications", "choices"}),
        units={**(base.units if base else {}), **content.units},
        indications=content.indications or (base.indications if base else ()),
        choices=(*(base.choices if base else ()), *content.choices),
        questions=questions,
        rules=(*_joined(kept, content.rules), *derived),
        extends=f"{base.id} {base.version}" if base else "",
        own=frozenset([*(rule.id for rule in content.rules), *(one.id for one in asked)]),
    )
    _check(policy, f"{name}/policy.toml")
    return policy.model_copy(update={"choices": _used(policy)})


def _used(policy: Policy) -> tuple[Choice, ...]:
    """The choices on which a rule of the policy turns."""
    sides = {side for rule in policy.rules for side in rule.by_side}
    return tuple(each for each in policy.choices if sides & {side.id for side in each.sides})


def _questions(
    name: str, folder: Path, version: str | None, *, required: bool
) -> tuple[Question, ...]:
    """The questions of its own; a policy that extends another may ask none."""
    file = "questions.toml"
    if not required and not (policy_folder(folder, name, version) / file).exists():
        return ()
    found = policy_file(folder, name, file, _QuestionsFile, version).questions
    return tuple(_with_not_obtainable(question) for question in found)


def _base(content: _PolicyFile, folder: Path) -> Policy | None:
    """The policy that is extended, without what is left out of it."""
    if content.extends is None:
        return None
    base = load_policy(content.extends.policy, folder, content.extends.version)
    without = set(content.extends.without)
    known = {rule.id for rule in base.rules} | {one.id for one in base.questions}
    if without - known:
        raise DataFileError(
            f"{content.id}/policy.toml: extends › without: '{base.id}' has no "
            f"'{', '.join(sorted(without - known))}'"
        )
    return base.model_copy(
        update={
            "rules": tuple(rule for rule in base.rules if rule.id not in without),
            "questions": tuple(each for each in base.questions if each.id not in without),
        }
    )


def _joined(base: Iterable[Any], own: Iterable[Any]) -> tuple[Any, ...]:
    """The base in its order, each replaced by one of the same id, and what is new behind it."""
    new = {each.id: each for each in own}
    return (*(new.pop(each.id, each) for each in base), *new.values())


def _brought(rule: Rule) -> bool:
    """True for a rule that a question brought along: it is made anew from the question."""
    what, _, name = rule.id.partition(".")
    return what in {"unanswered", "not-obtainable"} and bool(name)


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
    sides = {side.id for choice in policy.choices for side in choice.sides}
    for rule in policy.rules:
        for side in rule.by_side:
            if side not in sides:
                raise DataFileError(f"{file}: '{rule.id}' › by_side: no side is called '{side}'")
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
        case ListAbsence():
            pass
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


def taking(policy: Policy, sides: Mapping[str, str]) -> Policy:
    """The policy under the sides that a clinic takes, by disagreement.

    A choice that is not named, or names a side that is no longer there, follows its first side.
    """
    taken = {choice.disagreement: choice.side(sides.get(choice.disagreement)) for choice in
             policy.choices}  # fmt: skip
    names = {side.id for side in taken.values()}
    own = tuple(
        (choice.disagreement, taken[choice.disagreement].id)
        for choice in policy.choices
        if taken[choice.disagreement] != choice.sides[0]
    )
    return policy.model_copy(
        update={"rules": tuple(_under(rule, names) for rule in policy.rules), "sides": own}
    )


def _under(rule: Rule, sides: set[str]) -> Rule:
    tiers = [tier for side, tier in rule.by_side.items() if side in sides]
    return rule.model_copy(update={"tier": tiers[0]}) if tiers else rule
