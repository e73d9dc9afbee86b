"""Applies a screening policy to a record. Pure: the same record gives the same findings."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from mooring.core.clinical_text import Assertion
from mooring.core.code_systems import Coding
from mooring.core.protocols import value_sets
from mooring.core.protocols.screening import lists, wording
from mooring.core.protocols.screening.lists import NOT_A_FACT, PAST, is_past
from mooring.core.protocols.screening.model import (
    AllergyTrigger,
    AnswerTrigger,
    ConditionTrigger,
    FactStatus,
    ListAbsence,
    MeasurementAbsence,
    MeasurementTrigger,
    MedicationTrigger,
    Option,
    Policy,
    Question,
    QuestionAbsence,
    Rule,
    TriggerRule,
)
from mooring.core.protocols.screening.record import (
    Answer,
    CodedFact,
    Finding,
    Measurement,
    Record,
    Screening,
    Trigger,
)
from mooring.core.protocols.value_sets import NOTHING, NOW, Says

__all__ = ["NOT_A_FACT", "PAST", "evaluate", "says", "why_not_usable"]

ASSERTED = NOW | {Assertion.PAST}
"""What makes a rule speak: no negation, no risk, nobody else's."""
OF_A_RELATIVE = ASSERTED | {Assertion.FAMILY}
"""The same in an entry that is a relative's as a whole."""


def evaluate(policy: Policy, record: Record) -> Screening:
    """The findings of `policy` on `record` at `record.as_of`, in policy order.

    Never raises for what stands in the record: an answer, unit or date that cannot be used is
    missing, and the finding says why.
    """
    findings = (_finding(rule, policy, record) for rule in policy.rules)
    return Screening(
        policy=policy.id,
        version=policy.version,
        as_of=record.as_of,
        findings=tuple(finding for finding in findings if finding is not None),
        indications=_indications(policy, record),
        sides=policy.sides,
        not_recognised=tuple(dict.fromkeys(_not_recognised(record))),
    )


def why_not_usable(question: Question, answer: Answer | None, record: Record) -> str | None:
    """Why an answer leaves its question unanswered, in words; None when it can be used."""
    if answer is None:
        return "No answer yet"
    option = question.option(answer.value)
    if option is None:
        return f"The stored answer '{answer.value}' is not one of the choices; ask again"
    return _detail_missing(option, answer) or _too_old(question, answer, record)


def _detail_missing(option: Option, answer: Answer) -> str | None:
    detail = answer.detail.strip()
    if option.detail == "none" or (option.detail == "text" and detail):
        return None
    if option.detail == "number" and _is_number(detail):
        return None
    wanted = "a number" if option.detail == "number" else "a few words"
    return f"'{option.label}' needs {wanted}: {option.detail_label}"


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _too_old(question: Question, answer: Answer, record: Record) -> str | None:
    if question.max_age_days is None:
        return None
    if answer.answered_on is None:
        return "The answer has no date; ask again"
    age = (record.as_of - answer.answered_on).days
    if age < 0:
        return f"The answer is dated {wording.day(answer.answered_on)}, which is still to come"
    if age > question.max_age_days:
        return (
            f"Answered {wording.day(answer.answered_on)}, {age} days ago; "
            f"asked again after {question.max_age_days} days"
        )
    return None


def _finding(rule: Rule, policy: Policy, record: Record) -> Finding | None:
    found = [t for trigger in rule.when for t in _triggers(trigger, policy, record)]
    if not found:
        return None
    found += [t for trigger in rule.show_also for t in _triggers(trigger, policy, record)]
    return Finding(
        rule=rule.id,
        tier=rule.tier,
        title=rule.title,
        explanation=rule.explanation,
        triggers=tuple(dict.fromkeys(found)),
        claims=rule.claims,
        disagreements=rule.disagreements,
        asks=rule.asks,
    )


def _triggers(trigger: TriggerRule, policy: Policy, record: Record) -> list[Trigger]:
    match trigger:
        case ConditionTrigger():
            return _facts("condition", trigger.value_set, trigger.status, record.conditions)
        case MedicationTrigger():
            return _facts("medication", trigger.value_set, trigger.status, record.medications)
        case AllergyTrigger():
            return _facts("allergy", trigger.value_set, "any", record.allergies)
        case AnswerTrigger():
            return _answer(trigger, policy, record)
        case MeasurementTrigger():
            return _measurement(trigger, policy, record)
        case QuestionAbsence():
            return _unanswered(trigger, policy, record)
        case ListAbsence():
            reason = lists.why_open(trigger, record)
            return [] if reason is None else [Trigger("absence", reason)]
        case _:
            return _unmeasured(trigger, policy, record)


def _facts(
    source: str, value_set: str, status: FactStatus, facts: Iterable[CodedFact]
) -> list[Trigger]:
    return [
        _trigger(source, fact)
        for fact in facts
        if _counts(source, fact, status, says(value_set, fact))
    ]


def _trigger(source: str, fact: CodedFact) -> Trigger:
    """The entry in words; a code of ICD-10-CM that came without any has its title beside it."""
    if fact.text.strip() in ("", fact.code):
        sets = value_sets.load()
        titles = (Coding(None, None, sets.icd10cm_title(each)) for each in fact.all_codings)
        fact = replace(fact, codings=(*fact.codings, *titles))
    return Trigger(source, wording.fact(fact, past=is_past(fact)), fact.origin)


def says(value_set: str, fact: CodedFact) -> Says:
    """What an entry says of a value set: now, past, or why it is no fact of the patient's.

    Of a set about the family it is now what the entry says of a relative.
    """
    sets = value_sets.load()
    said = sets.says(value_set, fact.text, fact.all_codings)
    of_family = sets[value_set].subject == "family"
    if fact.relation:
        return NOW if of_family and said & OF_A_RELATIVE else NOTHING
    return (NOW if Assertion.FAMILY in said else NOTHING) if of_family else said


def _counts(source: str, fact: CodedFact, status: FactStatus, said: Says) -> bool:
    """Of a medicine the record alone says that it is over: nobody knows the last dose."""
    if fact.status.casefold() in NOT_A_FACT or not said & ASSERTED:
        return False
    if status == "any":
        return True
    by_its_words = source == "condition" and not said & NOW
    return (is_past(fact) or by_its_words) == (status == "past")


def _answer(trigger: AnswerTrigger, policy: Policy, record: Record) -> list[Trigger]:
    answer = record.answers.get(trigger.question)
    if answer is None or answer.value not in trigger.values:
        return []
    return [Trigger("answer", wording.answered(policy.question(trigger.question), answer))]


def _unanswered(trigger: QuestionAbsence, policy: Policy, record: Record) -> list[Trigger]:
    question = policy.question(trigger.question)
    reason = why_not_usable(question, record.answers.get(question.id), record)
    return [] if reason is None else [Trigger("absence", reason)]


def _measurement(trigger: MeasurementTrigger, policy: Policy, record: Record) -> list[Trigger]:
    """Every reading of the last day counts, so that a repeat does not hide the one before it."""
    usable = _usable((trigger.measure,), policy, record)
    last_day = max((item.taken_on for item in usable), default=None)
    if last_day is None or (record.as_of - last_day).days > trigger.max_age_days:
        return []
    name = trigger.measure.replace("_", " ")
    return [
        Trigger("measurement", wording.measured((item,), name), item.origin)
        for item in usable
        if item.taken_on == last_day and trigger.met_by(item.value)
    ]


def _unmeasured(trigger: MeasurementAbsence, policy: Policy, record: Record) -> list[Trigger]:
    latest = _latest_together(trigger.measurements, policy, record)
    if latest is None:
        return [Trigger("absence", _why_none(trigger, record))]
    age = (record.as_of - latest[0].taken_on).days
    if age <= trigger.max_age_days:
        return []
    text = wording.measured(latest, f"last {trigger.name}")
    return [Trigger("absence", f"{text}: {age} days ago, at most {trigger.max_age_days} count")]


def _why_none(trigger: MeasurementAbsence, record: Record) -> str:
    if any(item.code in trigger.measurements for item in record.measurements):
        return f"No {trigger.name} in the record with a known unit and a date up to today"
    return f"No {trigger.name} in the record"


def _usable(codes: tuple[str, ...], policy: Policy, record: Record) -> list[Measurement]:
    """Measurements of these codes in a unit that is understood, not dated after today."""
    return [
        item
        for item in record.measurements
        if item.code in codes
        and item.unit in policy.units[item.code]
        and item.taken_on <= record.as_of
    ]


def _latest_together(
    codes: tuple[str, ...], policy: Policy, record: Record
) -> tuple[Measurement, ...] | None:
    """One measurement a code from the last day on which all of them were taken."""
    by_day: dict[date, dict[str, Measurement]] = {}
    for item in _usable(codes, policy, record):
        by_day.setdefault(item.taken_on, {})[item.code] = item
    complete = [taken_on for taken_on, found in by_day.items() if len(found) == len(codes)]
    if not complete:
        return None
    last = by_day[max(complete)]
    return tuple(last[code] for code in codes)


def _indications(policy: Policy, record: Record) -> tuple[Trigger, ...]:
    found = (
        trigger
        for indication in policy.indications
        for trigger in _facts("condition", indication.value_set, "current", record.conditions)
    )
    return tuple(dict.fromkeys(found))


def _not_recognised(record: Record) -> Iterator[Trigger]:
    """The patient's conditions that no value set names, and medicines that nobody knows."""
    sets = value_sets.load()
    for source, facts, known in (
        ("condition", record.conditions, sets.read),
        ("medication", record.medications, sets.knows_medicine),
    ):
        for fact in facts:
            withdrawn = fact.status.casefold() in NOT_A_FACT or fact.relation
            if not withdrawn and not known(fact.text, fact.all_codings):
                yield _trigger(source, fact)
