"""The single reasons for which an item is due, each with its sentence and its claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from mooring.core.drugs.drug import Drug
from mooring.core.drugs.exposure.given import Administered
from mooring.core.protocols.cited import Number
from mooring.core.protocols.watch.looks import Look, Result, newest
from mooring.core.protocols.watch.policy import Asked, Item, Repeat
from mooring.core.quantities import Milligrams
from mooring.core.words import day as written


class State(StrEnum):
    """How an item or an organ stands."""

    NOT_ASKED = "not_asked"
    DONE = "done"
    UNKNOWN = "unknown"
    DUE = "due"
    OVERDUE = "overdue"


RANK = tuple(State)
"""From the least to the most pressing."""


@dataclass(frozen=True)
class Why:
    """One reason."""

    rule: str
    state: State
    text: str
    claims: tuple[str, ...]
    since: date | None = None


@dataclass(frozen=True)
class History:
    """What was given, up to which day, and whether treatment goes on."""

    doses: tuple[Administered, ...]
    """In order of time."""
    as_of: date
    ongoing: bool

    def since(self, first: date) -> tuple[Administered, ...]:
        """The doses from that day on; those of the day itself count, for their hour is not told."""
        return tuple(dose for dose in self.doses if dose.day >= first)

    def dosed_after(self, day: date) -> bool:
        """Whether a dose was given on a later day."""
        return any(dose.day > day for dose in self.doses)


def never(item: Item, history: History) -> Why:
    """Nothing on record at all: unknown, and wanted before the first dose."""
    if history.doses:
        days = _days(history.doses)
        text = f"Nothing on record, and {_count(len(days))} with a dose since {written(days[0])}."
        return Why("never", State.OVERDUE, text, item.claims, days[0])
    if history.ongoing:
        text = "Nothing on record: it is looked at before the first dose."
        return Why("never", State.DUE, text, item.claims)
    return Why("never", State.UNKNOWN, "Nothing on record, and no dose either.", item.claims)


def repeated(repeat: Repeat, last: date, history: History) -> Iterator[Why]:
    """Each of the limits that was reached since the last look, or may have been."""
    doses = history.since(last)
    if repeat.days is not None and (history.ongoing or doses):
        yield from _by_days(repeat.days, last, history.as_of)
    if repeat.dose_days is not None:
        yield from _by_dose_days(repeat.dose_days, last, _days(doses))
    if repeat.amount is not None:
        for drug in Drug:
            own = [dose for dose in doses if dose.drug is drug]
            yield from _by_amount(repeat.amount, last, own, _days(doses))


def could_not(item: Item, looks: Sequence[Look]) -> Iterator[Why]:
    """Tried in vain since the last look: how it stands is not known."""
    last = newest(looks)
    vain = [look for look in looks if look.result is Result.NOT_DONE]
    if vain and (not last or vain[-1].taken_on >= last[0].taken_on):
        text = f"On {written(vain[-1].taken_on)} it could not be done: {vain[-1].text}."
        yield Why("not_done", State.UNKNOWN, text, item.claims, vain[-1].taken_on)


def differing(item: Item, last: Sequence[Look]) -> Iterator[Why]:
    """Entries of one day that say different things; none of them is chosen."""
    if len({look.result for look in last}) > 1:
        said = "; ".join(look.text for look in last)
        text = f"Of {written(last[0].taken_on)} the entries disagree: {said}."
        yield Why("disagree", State.UNKNOWN, text, item.claims, last[0].taken_on)


def found(
    asked: Asked, last: Sequence[Look], reviews: Sequence[Look], history: History
) -> Iterator[Why]:
    """A finding at the last look that no prescriber has looked at since."""
    findings = [
        look
        for look in last
        if look.result is Result.FOUND and not any(look.seen_by(review) for review in reviews)
    ]
    if not findings:
        return
    day = findings[0].taken_on
    state = State.OVERDUE if history.dosed_after(day) else State.DUE
    said = "; ".join(look.text for look in findings)
    text = f"Found on {written(day)}: {said}. {asked.text}"
    yield Why("finding", state, text, asked.claims, day)


def _by_days(limit: Number, last: date, as_of: date) -> Iterator[Why]:
    due_on = last + timedelta(days=int(limit.value))
    if as_of < due_on:
        return
    ago = (as_of - last).days
    text = f"Last on {written(last)}, {ago} days ago; wanted at least every {int(limit.value)}."
    late = as_of > due_on
    since = due_on + timedelta(days=1) if late else due_on
    yield Why("days", State.OVERDUE if late else State.DUE, text, limit.claims, since)


def _by_dose_days(limit: Number, last: date, days: Sequence[date]) -> Iterator[Why]:
    wanted = int(limit.value)
    if len(days) < wanted:
        return
    late = len(days) > wanted
    text = f"{_count(len(days))} with a dose since {written(last)}; wanted after {wanted}."
    since = days[wanted] if late else days[wanted - 1]
    yield Why("dose_days", State.OVERDUE if late else State.DUE, text, limit.claims, since)


def _by_amount(
    limit: Number, last: date, doses: Sequence[Administered], days: Sequence[date]
) -> Iterator[Why]:
    """`doses` of one drug in order of time, `days` those with a dose of any drug."""
    given, reached, unknown = Decimal(0), None, 0
    for dose in doses:
        if dose.amount is None:
            unknown += 1
            continue
        given += dose.amount.value
        if reached is None and given >= limit.value:
            reached = dose.day
    if reached is None and not unknown:
        return
    least = f"at least {Milligrams(given).text()}" if unknown else Milligrams(given).text()
    said = f"{doses[0].drug.display} since {written(last)}: {least}"
    if reached is None:
        text = f"{said}. Of {unknown} the amount is not on record: {limit.value} mg may be reached."
        yield Why("amount", State.UNKNOWN, text, limit.claims)
        return
    late = [day for day in days if day > reached]
    state, since = (State.OVERDUE, late[0]) if late else (State.DUE, reached)
    yield Why("amount", state, f"{said}; wanted after {limit.value} mg.", limit.claims, since)


def _days(doses: Sequence[Administered]) -> list[date]:
    return sorted({dose.day for dose in doses})


def _count(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"
