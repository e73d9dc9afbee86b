"""The infusion as the log tells it: which rate ran from when to when, and what that amounts to.

Amounts are exact: rates times microseconds as fractions, rounded once when they become a Decimal.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from mooring.core.session.entries import (
    Content,
    InfusionComplete,
    InfusionPause,
    InfusionRate,
    InfusionResume,
    InfusionStart,
    InfusionStop,
)
from mooring.core.session.standing import Log, Standing, of

MICROSECOND = timedelta(microseconds=1)
MICROSECONDS_A_MINUTE = 60_000_000
STILL = Decimal(0)


@dataclass(frozen=True)
class Step:
    """From `at` on the pump delivers `rate` milligrams a minute, because of `entry`."""

    at: datetime
    rate: Decimal
    entry: UUID


@dataclass(frozen=True)
class Infusion:
    """The pump's history from the first start on; a second start, for example, is not used."""

    start: Standing[InfusionStart]
    set_rate: Decimal
    """The rate that runs, or that a resume brings back."""
    steps: tuple[Step, ...]
    paused: bool = False
    end: Standing[Content] | None = None

    @property
    def stopped_early(self) -> bool:
        """True when it was ended by a stop, and not because the dose was in."""
        return self.end is not None and isinstance(self.end.content, InfusionStop)

    def elapsed(self, now: datetime) -> timedelta:
        """Time during which drug went in: without the pauses."""
        return sum((run.end - run.begin for run in runs(self, now)), timedelta())

    def given_mg(self, now: datetime) -> Decimal:
        """Milligrams given up to `now`: the sum of each rate times its time. Never capped."""
        return _decimal(_given(self, now))

    def gives_more_than(self, milligrams: Decimal, now: datetime) -> bool:
        """True when more than `milligrams` went in, compared without rounding."""
        return _given(self, now) > Fraction(milligrams)

    def when_given(self, milligrams: Decimal, now: datetime) -> tuple[datetime, UUID] | None:
        """When `milligrams` were in, and the entry whose rate ran then; None before."""
        return _reached(runs(self, now), Fraction(milligrams), lambda run: Fraction(run.rate))


@dataclass(frozen=True)
class Run:
    """A stretch of time during which the pump ran at one rate above 0."""

    begin: datetime
    end: datetime
    rate: Decimal
    entry: UUID

    @property
    def microseconds(self) -> int:
        """The length of the stretch."""
        return (self.end - self.begin) // MICROSECOND


def infusion(log: Log) -> Infusion | None:
    """The infusion in a log in clinical order; None before the first start."""
    starts = of(log, InfusionStart)
    if not starts:
        return None
    start = starts[0]
    rate = start.content.rate_mg_per_minute
    state = Infusion(start, rate, (Step(start.at, rate, start.id),))
    for standing in log:
        if standing.order > start.order and state.end is None:
            state = _after(state, standing)
    return state


def runs(infusion: Infusion, now: datetime) -> list[Run]:
    """The stretches during which drug went in, up to `now`."""
    ends = [step.at for step in infusion.steps[1:]] + [now]
    pairs = zip(infusion.steps, ends, strict=True)
    return [Run(step.at, end, step.rate, step.entry) for step, end in pairs if step.rate > STILL]


def when_infused_for(infusion: Infusion, minutes: Decimal, now: datetime) -> datetime | None:
    """The moment when drug had gone in for `minutes`; None when that is still to come."""
    moment = _reached(runs(infusion, now), Fraction(minutes), lambda _: Fraction(1))
    return None if moment is None else moment[0]


def _after(state: Infusion, standing: Standing[Content]) -> Infusion:
    """The infusion after one more entry; unchanged by an entry that does not concern the pump."""
    match standing.content:
        case InfusionRate(rate_mg_per_minute=rate) if state.paused:
            return replace(state, set_rate=rate)
        case InfusionRate(rate_mg_per_minute=rate):
            return replace(_step(state, standing, rate), set_rate=rate)
        case InfusionPause() if not state.paused:
            return replace(_step(state, standing, STILL), paused=True)
        case InfusionResume() if state.paused:
            return replace(_step(state, standing, state.set_rate), paused=False)
        case InfusionStop() | InfusionComplete():
            return replace(_step(state, standing, STILL), paused=False, end=standing)
    return state


def _step(state: Infusion, standing: Standing[Content], rate: Decimal) -> Infusion:
    return replace(state, steps=(*state.steps, Step(standing.at, rate, standing.id)))


def _given(infusion: Infusion, now: datetime) -> Fraction:
    parts = (Fraction(run.rate) * run.microseconds for run in runs(infusion, now))
    return sum(parts, Fraction(0)) / MICROSECONDS_A_MINUTE


def _reached(
    stretches: list[Run], target: Fraction, per_minute: Callable[[Run], Fraction]
) -> tuple[datetime, UUID] | None:
    """Where a total that grows by `per_minute` during each stretch reaches `target`."""
    open_part = target
    for run in stretches:
        speed = per_minute(run) / MICROSECONDS_A_MINUTE
        if speed * run.microseconds >= open_part:
            return run.begin + int(open_part / speed) * MICROSECOND, run.entry
        open_part -= speed * run.microseconds
    return None


def _decimal(amount: Fraction) -> Decimal:
    return Decimal(amount.numerator) / Decimal(amount.denominator)
