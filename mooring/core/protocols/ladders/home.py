"""What stands against a dose going home: the clinic's switch, and each gate's answer."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mooring.core.protocols.ladders.policy import Gate, LadderPolicy
from mooring.core.protocols.ladders.standing import Hold
from mooring.core.words import day as written


@dataclass(frozen=True)
class Answer:
    """What a prescriber said to one gate. None is not answered."""

    yes: bool | None
    words: str = ""
    """What the gate asks to be named, or why the answer is yes against the record."""
    on: date | None = None
    """When it was looked up, for a gate that asks."""


def home_gates(
    policy: LadderPolicy,
    *,
    switched_on: bool,
    answers: Mapping[str, Answer],
    today: date,
    record: Mapping[str, Collection[str]] | None = None,
) -> tuple[Hold, ...]:
    """What stands against a dose going home; a question without an answer stands against it too.

    `switched_on` is the clinic's own switch, which is off as shipped. `record` is what the chart
    says against a yes, by gate: such a yes needs its reason. Raises KeyError for an answer to a
    question that the policy does not ask.
    """
    unknown = set(answers) - {gate.id for gate in policy.home}
    if unknown:
        raise KeyError(f"answers: the policy does not ask {', '.join(sorted(unknown))}")
    against = record or {}
    off = () if switched_on else (_switched_off(policy),)
    unmet = (
        Hold(gate.id, text, gate.claims)
        for gate in policy.home
        for text in _unmet(gate, answers.get(gate.id), today, against.get(gate.id, ()))
    )
    return (*off, *unmet)


def _unmet(
    gate: Gate, answer: Answer | None, today: date, against: Collection[str]
) -> Iterator[str]:
    if answer is None or answer.yes is not True:
        said = "Not answered:" if answer is None or answer.yes is None else "Answered with no:"
        yield f"{said} {gate.asks}"
        return
    if gate.names and not answer.words.strip():
        yield f"Not written down: {gate.names}."
    elif against and not answer.words.strip():
        yield f"The record says: {'; '.join(against)}. Say why the answer is yes: {gate.asks}"
    if gate.within is not None:
        yield from _too_old(gate, int(gate.within.value), answer.on, today)


def _too_old(gate: Gate, days: int, on: date | None, today: date) -> Iterator[str]:
    if on is None:
        yield f"No day is written down: {gate.asks}"
    elif on > today:
        yield f"{written(on)} is still to come: {gate.asks}"
    elif on < today - timedelta(days=days):
        yield f"{written(on)} is more than {days} days ago: {gate.asks}"


def _switched_off(policy: LadderPolicy) -> Hold:
    text = "This clinic gives nothing to take home: the switch is off."
    return Hold("switched_off", text, policy.claims)
