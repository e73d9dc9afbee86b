"""The infusion as the log tells it: which rate ran from when to when, and what that amounts to.

Amounts are exact: rates times microseconds as fractions, rounded once when they become a Decimal.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate
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
AS_GOOD_AS_IN = Decimal("0.95")
"""Of the ordered dose: a pump that ends a minute or two before its time has given it."""


@dataclass(frozen=True)
class Step:
    """From `at` on the pump delivers `rate` milligrams a minute, because of `entry`."""

    at: datetime
    rate: Decimal
    entry: UUID


@dataclass(frozen=True)
class Infusion:
    """The pump's history from the first start on; a second start while it runs is not used."""

    start: Standing[InfusionStart]
    set_rate: Decimal
    """The rate that runs, or that a resume brings back."""
    steps: tuple[Step, ...]
    paused: bool = False
    end: Standing[Content] | None = None

    def stopped_early(self, ordered_mg: Decimal) -> bool:
        """True when it ended before the dose was in: by a stop, or as "complete" with less in."""
        if self.end is None:
            return False
        short = self.given_mg(self.end.at) < ordered_mg * AS_GOOD_AS_IN
        return short or isinstance(self.end.content, InfusionStop)

    def elapsed(self, now: datetime) -> timedelta:
        """Time during which drug went in: without the pauses."""
        return sum((run.end - run.begin for run in runs(self, now)), timedelta())

    def given_mg(self, now: datetime) -> Decimal:
        """Milligrams given up to `now`: the sum of each rate times its time. Never capped."""
        return _decimal(_given(self, now))

    def when_over(self, milligrams: Decimal, now: datetime) -> tuple[datetime, UUID] | None:
        """From when on more than `milligrams` were in, and the entry whose rate took it over."""
        stretches = [run for run in runs(self, now) if run.microseconds]
        before = accumulate((_amount(run) for run in stretches), initial=Fraction(0))
        for run, total in zip(stretches, before, strict=False):
            open_part = Fraction(milligrams) - total
            if _amount(run) > open_part:
                speed = Fraction(run.rate) / MICROSECONDS_A_MINUTE
                return run.begin + int(open_part / speed) * MICROSECOND, run.entry
        return None


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
        if standing.order > start.order:
            state = _after(state, standing)
    return state


def runs(infusion: Infusion, now: datetime) -> list[Run]:
    """The stretches during which drug went in, up to `now`."""
    ends = [step.at for step in infusion.steps[1:]] + [now]
    pairs = zip(infusion.steps, ends, strict=True)
    return [Run(step.at, end, step.rate, step.entry) for step, end in pairs if step.rate > STILL]


def when_infused_for(infusion: Infusion, minutes: Decimal, now: datetime) -> datetime | None:
    """The moment when drug had gone in for `minutes`; None when that is still to come."""
    open_part = int(minutes * MICROSECONDS_A_MINUTE)
    for run in runs(infusion, now):
        if run.microseconds >= open_part:
            return run.begin + open_part * MICROSECOND
        open_part -= run.microseconds
    return None


def _after(state: Infusion, standing: Standing[Content]) -> Infusion:
    """The infusion after one more entry; unchanged by an entry that does not concern the pump.

    After its end only a start that is charted as having happened concerns it: drug goes in again.
    """
    if state.end is not None:
        return _again(state, standing)
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


def _again(state: Infusion, standing: Standing[Content]) -> Infusion:
    match standing.content:
        case InfusionStart(timing="has_happened", rate_mg_per_minute=rate):
            return replace(_step(state, standing, rate), set_rate=rate, end=None)
    return state


def _step(state: Infusion, standing: Standing[Content], rate: Decimal) -> Infusion:
    return replace(state, steps=(*state.steps, Step(standing.at, rate, standing.id)))


def _given(infusion: Infusion, now: datetime) -> Fraction:
    return sum((_amount(run) for run in runs(infusion, now)), Fraction(0))


def _amount(run: Run) -> Fraction:
    """Milligrams given in one stretch."""
    return Fraction(run.rate) * run.microseconds / MICROSECONDS_A_MINUTE


def _decimal(amount: Fraction) -> Decimal:
    return Decimal(amount.numerator) / Decimal(amount.denominator)
