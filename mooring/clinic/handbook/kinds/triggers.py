"""What makes a screening rule speak, in words."""

from __future__ import annotations

from mooring.clinic.handbook.pages import When
from mooring.core.protocols import value_sets
from mooring.core.protocols.screening import Policy
from mooring.core.protocols.screening.lists import NAMES
from mooring.core.protocols.screening.model import (
    AllergyTrigger,
    AnswerTrigger,
    ConditionTrigger,
    FactStatus,
    ListAbsence,
    MeasurementAbsence,
    MeasurementTrigger,
    MedicationTrigger,
    QuestionAbsence,
    TriggerRule,
)

MEASURED = {
    "systolic": "Systolic blood pressure",
    "diastolic": "Diastolic blood pressure",
    "weight": "Weight",
}
STATUS: dict[FactStatus, str] = {
    "current": ", unless it is known to be over",
    "past": ", known to be over",
    "any": ", now or in the past",
}


def anchor(value_set: str) -> str:
    """Where a value set stands on the page."""
    return f"set-{value_set}"


def question_anchor(question: str) -> str:
    """Where a question stands on the page."""
    return f"question-{question}"


def when(trigger: TriggerRule, policy: Policy) -> When:
    """One trigger in words, leading to the question or the words it looks for."""
    match trigger:
        case ConditionTrigger() | MedicationTrigger() | AllergyTrigger():
            return When(fact(trigger), anchor=anchor(trigger.value_set))
        case AnswerTrigger():
            return When(answer(trigger, policy), anchor=question_anchor(trigger.question))
        case MeasurementTrigger():
            return When(measurement(trigger), trigger.limit.claims)
        case QuestionAbsence():
            text = policy.question(trigger.question).text
            return When(f"No answer to “{text}”", anchor=question_anchor(trigger.question))
        case ListAbsence():
            name = NAMES[trigger.list]
            return When(
                f"An empty list of {name} of which nobody said that there are none, "
                f"or a list that was not gone through within {trigger.max_age_days} days"
            )
        case MeasurementAbsence():
            return When(f"No {trigger.name} within {trigger.max_age_days} days")
    raise TypeError(f"no words for a trigger of the kind {type(trigger).__name__}")


def fact(trigger: ConditionTrigger | MedicationTrigger | AllergyTrigger) -> str:
    """For example "Medicine in the record: Opioids, now or in the past"."""
    title = value_sets.load()[trigger.value_set].title
    match trigger:
        case AllergyTrigger():
            return f"Allergy in the record: {title}"
        case ConditionTrigger():
            return f"Condition in the record: {title}{STATUS[trigger.status]}"
        case _:
            return f"Medicine in the record: {title}{STATUS[trigger.status]}"


def answer(trigger: AnswerTrigger, policy: Policy) -> str:
    """The question with the answers that count."""
    question = policy.question(trigger.question)
    chosen = (question.option(value) for value in trigger.values)
    labels = " or ".join(f"“{option.label}”" for option in chosen if option is not None)
    return f"{question.text} Answered {labels}"


def measurement(trigger: MeasurementTrigger) -> str:
    """For example "Systolic blood pressure above 180 mmHg, measured within 30 days"."""
    name = MEASURED[trigger.measure]
    return f"{name} {trigger.phrase()}, measured within {trigger.max_age_days} days"


def value_sets_of(policy: Policy) -> list[str]:
    """Every value set that the policy looks for, in the order of its rules."""
    found = [one.value_set for one in policy.indications]
    for rule in policy.rules:
        found.extend(
            trigger.value_set
            for trigger in (*rule.when, *rule.show_also)
            if isinstance(trigger, ConditionTrigger | MedicationTrigger | AllergyTrigger)
        )
    return list(dict.fromkeys(found))
