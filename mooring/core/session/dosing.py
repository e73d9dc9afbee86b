"""Doses that no pump gives, as the log tells them: sprays, injections, devices, tablets."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from uuid import UUID

from mooring.core.session.entries import Content, DoseGiven, DoseNotGiven, DosingStopped, minutes
from mooring.core.session.standing import Log, Standing, of
from mooring.core.session.view import Dose, Plan


@dataclass(frozen=True)
class Dosing:
    """The doses of an order from the first that was given on."""

    planned: int
    """How many doses the order has."""
    given: tuple[Standing[DoseGiven], ...]
    """In clinical order; at least one."""
    left_out: tuple[Standing[DoseNotGiven], ...]
    end: Standing[Content] | None = None
    """The last word on the doses, once each is answered or somebody stopped them."""

    @property
    def start(self) -> Standing[DoseGiven]:
        """The first dose that was given."""
        return self.given[0]

    def stopped_early(self, ordered_mg: Decimal) -> bool:  # noqa: ARG002
        """True when it ended with a dose of the order not given, whatever the sum is."""
        given = {standing.content.step for standing in self.given}
        return self.end is not None and not given >= set(range(1, self.planned + 1))

    def elapsed(self, now: datetime) -> timedelta:
        """The time since the first dose; it stands still from the last word on the doses."""
        return (now if self.end is None else self.end.at) - self.start.at

    def given_mg(self, now: datetime) -> Decimal:
        """Milligrams given up to `now`."""
        return sum((d.content.amount_mg for d in self.given if d.at <= now), Decimal(0))

    def when_over(self, milligrams: Decimal, now: datetime) -> tuple[datetime, UUID] | None:
        """When more than `milligrams` were in, and the dose that went over; None before."""
        sums = accumulate(dose.content.amount_mg for dose in self.given)
        over = (d for d, total in zip(self.given, sums, strict=True) if total > milligrams)
        first = next(over, None)
        return None if first is None or first.at > now else (first.at, first.id)


def dosing(log: Log, planned: int) -> Dosing | None:
    """The doses in a log in clinical order; None before the first was given."""
    given, left_out, stops = of(log, DoseGiven), of(log, DoseNotGiven), of(log, DosingStopped)
    if not given:
        return None
    words: list[Standing[Content]] = [*given, *left_out, *stops]
    answered = {g.content.step for g in given} | {n.content.step for n in left_out}
    over = bool(stops) or answered >= set(range(1, planned + 1))
    end = max(words, key=lambda standing: standing.order) if over else None
    return Dosing(planned, tuple(given), tuple(left_out), end)


def doses(plan: Plan, log: Log) -> tuple[Dose, ...]:
    """Each planned dose with what became of it; empty for an infusion."""
    return tuple(_doses(plan, log, dosing(log, len(plan.doses))))


def why(content: DoseNotGiven) -> str:
    """The reason of a dose left out, with the rule that held it back, as one phrase."""
    if content.withheld is None:
        return content.reason
    return f"{content.reason} (withheld: {content.withheld})"


def _doses(plan: Plan, log: Log, ongoing: Dosing | None) -> Iterator[Dose]:
    given = {standing.content.step: standing for standing in reversed(of(log, DoseGiven))}
    left_out = {standing.content.step: standing for standing in of(log, DoseNotGiven)}
    stops = of(log, DosingStopped) if ongoing is not None else []
    for step, planned in enumerate(plan.doses, start=1):
        if step in given:
            dose = given[step]
            yield Dose(step, planned, None, dose.at, dose.content.amount_mg)
        elif step in left_out:
            yield Dose(step, planned, None, not_given=why(left_out[step].content))
        elif stops:
            yield Dose(step, planned, None, ended_because=stops[-1].content.reason)
        else:
            yield Dose(step, planned, _due_at(plan, ongoing, step))


def spacing(
    plan: Plan, given: Iterable[Standing[DoseGiven]], step: int
) -> tuple[datetime, Standing[DoseGiven]]:
    """When a dose of the order may follow those that were given, and which of them it waits for.

    As long after each of them as the order has between the two, in whichever turn they are given.
    So a dose that came late moves those after it, and none follows sooner than ordered. `given` is
    not empty.
    """
    minute = plan.doses[step - 1].minute
    planned = {number: dose.minute for number, dose in enumerate(plan.doses, start=1)}
    waits = [
        (dose.at + minutes(abs(minute - planned.get(dose.content.step, minute))), dose)
        for dose in given
    ]
    return max(waits, key=lambda wait: wait[0])


def _due_at(plan: Plan, ongoing: Dosing | None, step: int) -> datetime | None:
    if ongoing is None or ongoing.end is not None:
        return None
    return spacing(plan, ongoing.given, step)[0]
