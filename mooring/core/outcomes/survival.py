"""The Kaplan-Meier estimate with Greenwood's standard error and its log-log interval.

The median is the first time at which the estimate is half or less, with no midpoint where it is
exactly half for a while; R and SAS take the middle of that stretch. The share is kept as a
fraction, since a product of rounded numbers can miss one half and put the median one event late.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import exp, isfinite, log, sqrt
from statistics import NormalDist

HALF = Fraction(1, 2)
Z = NormalDist().inv_cdf(0.975)
"""Standard errors to either side of a 95 % interval."""


@dataclass(frozen=True)
class SurvivalStep:
    """The estimate from one event time until the next."""

    time: float
    at_risk: int
    """Under observation just before this time; those censored at it still count."""
    events: int
    share: Fraction
    """What remains, exactly."""
    error_of_log: float | None
    """Greenwood's standard error of its logarithm; None once nobody is left without an event."""

    @property
    def survival(self) -> float:
        """What remains, as a number from 1 to 0."""
        return float(self.share)

    @property
    def standard_error(self) -> float | None:
        """Greenwood; None once nobody is left without an event."""
        return None if self.error_of_log is None else self.survival * self.error_of_log

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval at this time alone, by the log of minus the log (Kalbfleisch and
        Prentice): it stays within 0 and 1, as a plain one does not. None where nobody is left."""
        if self.error_of_log is None:
            return None
        width = exp(Z * self.error_of_log / -log(self.survival))
        return self.survival**width, self.survival ** (1 / width)


@dataclass(frozen=True)
class SurvivalCurve:
    """The steps of the estimate and how many were followed."""

    n: int
    steps: tuple[SurvivalStep, ...]

    @property
    def median(self) -> float | None:
        """The first time at which half or fewer remain; None when that was not reached."""
        return next((step.time for step in self.steps if step.share <= HALF), None)

    def at(self, time: float) -> float:
        """The share that remains at that time: 1 before the first event.

        After the last observation the curve is not known; this keeps its last value.
        """
        step = self._step(time)
        return 1.0 if step is None else step.survival

    def interval_at(self, time: float) -> tuple[float, float] | None:
        """The 95 % interval at that time; None before the first event and once nobody is left."""
        step = self._step(time)
        return None if step is None else step.interval

    def _step(self, time: float) -> SurvivalStep | None:
        passed = [step for step in self.steps if step.time <= time]
        return passed[-1] if passed else None


def kaplan_meier(durations: Sequence[float], observed: Sequence[bool]) -> SurvivalCurve:
    """Estimate from follow-up times and whether each ended with the event.

    False in `observed` is censored: followed so long without the event. Raises ValueError when
    there is nobody, the lengths differ, or a duration is negative or not finite.
    """
    _check(durations, observed)
    people = list(zip(durations, observed, strict=True))
    steps: list[SurvivalStep] = []
    share, greenwood = Fraction(1), 0.0
    for time in sorted({duration for duration, event in people if event}):
        at_risk = sum(duration >= time for duration in durations)
        events = sum(event and duration == time for duration, event in people)
        left = at_risk - events
        share *= Fraction(left, at_risk)
        error: float | None = None
        if left > 0:
            greenwood += events / (at_risk * left)
            error = sqrt(greenwood)
        steps.append(SurvivalStep(time, at_risk, events, share, error))
    return SurvivalCurve(len(people), tuple(steps))


def _check(durations: Sequence[float], observed: Sequence[bool]) -> None:
    if not durations:
        raise ValueError("durations: nobody was followed")
    if len(durations) != len(observed):
        raise ValueError("observed: needs one entry for each duration")
    if any(not isfinite(duration) or duration < 0 for duration in durations):
        raise ValueError("durations: each is 0 or more")
