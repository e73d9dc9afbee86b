"""What protocols look at: the standing entries with the giving and the baseline they make."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cached_property
from typing import Literal

from mooring.core.session.baseline import baseline
from mooring.core.session.entries import Content, DoseGiven, Reading, Sedation
from mooring.core.session.giving import Giving, giving
from mooring.core.session.standing import Log, Standing
from mooring.core.session.view import Baseline

Measure = Literal["systolic", "diastolic", "heart_rate", "spo2", "respiratory_rate", "moaas"]

MEASURE_WORDS: dict[Measure, str] = {
    "systolic": "Systolic blood pressure",
    "diastolic": "Diastolic blood pressure",
    "heart_rate": "Heart rate",
    "spo2": "SpO2",
    "respiratory_rate": "Respiratory rate",
    "moaas": "MOAA/S",
}


@dataclass(frozen=True)
class Chart:
    """A session at `now`; `log` is in clinical order and holds what counts at `now` only."""

    now: datetime
    log: Log
    giving: Giving | None
    baseline: Baseline | None
    by_pump: bool = True
    """True for an infusion; False where the order is given in doses of their own."""

    @cached_property
    def before_start(self) -> Log:
        """What came before the first drug went in; everything while it has not."""
        if self.giving is None:
            return self.log
        return tuple(s for s in self.log if s.order < self.giving.start.order)

    @cached_property
    def since_start(self) -> Log:
        """What came after the first drug went in; nothing while it has not."""
        return () if self.giving is None else self._after(self.giving.start)

    @cached_property
    def since_end(self) -> Log:
        """What came after the last drug went in; nothing while it has not."""
        if self.giving is None or self.giving.end is None:
            return ()
        return self._after(self.giving.end)

    @property
    def ended_words(self) -> str:
        """What the last word on the drug was: the end of an infusion, a dose, or a stop."""
        if self.by_pump:
            return "the infusion"
        end = None if self.giving is None else self.giving.end
        if end is None or isinstance(end.content, DoseGiven):
            return "the last dose"
        return "the doses ended"

    def _after(self, moment: Standing[Content]) -> Log:
        return tuple(s for s in self.log if s.order > moment.order)


@dataclass(frozen=True)
class Measured:
    """One value of one measure, with the entry it stands in."""

    value: int
    at: datetime
    entry: Standing[Content]


def chart(log: Log, now: datetime, planned_doses: int = 0) -> Chart:
    """Put together what protocols look at; times in UTC. An infusion has no planned doses."""
    by_pump = planned_doses == 0
    seen = Chart(now.astimezone(UTC), log, giving(log, planned_doses), None, by_pump)
    return replace(seen, baseline=baseline(seen.before_start))


def value_of(content: Content, measure: Measure) -> int | None:
    """The value of a measure in an entry; None when it was not measured there."""
    match content:
        case Sedation() if measure == "moaas":
            return content.moaas
        case Reading() if measure != "moaas":
            value: int | None = getattr(content, measure)
            return value
    return None


def newest(log: Sequence[Standing[Content]], measure: Measure) -> Measured | None:
    """The last value of a measure in a log in clinical order; None when it was never measured."""
    for standing in reversed(log):
        value = value_of(standing.content, measure)
        if value is not None:
            return Measured(value, standing.at, standing)
    return None


def plain(number: Decimal) -> str:
    """A number without superfluous zeros: 120.0 reads 120, 119.5 stays."""
    return f"{number.normalize():f}"


def signed(number: Decimal) -> str:
    """A change with its sign: +14, −3, or 0."""
    return f"{number.normalize():+f}".replace("-", "−") if number else "0"
