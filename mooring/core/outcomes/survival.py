"""The Kaplan-Meier estimate with Greenwood's standard error."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, sqrt


@dataclass(frozen=True)
class SurvivalStep:
    """The estimate from one event time until the next."""

    time: float
    at_risk: int
    """Under observation just before this time; those censored at it still count."""
    events: int
    survival: float
    standard_error: float | None
    """Greenwood; None once nobody is left without an event."""


@dataclass(frozen=True)
class SurvivalCurve:
    """The steps of the estimate and how many were followed."""

    n: int
    steps: tuple[SurvivalStep, ...]

    @property
    def median(self) -> float | None:
        """The first time at which half or fewer remain; None when that was not reached."""
        return next((step.time for step in self.steps if step.survival <= 0.5), None)

    def at(self, time: float) -> float:
        """The share that remains at that time: 1 before the first event.

        After the last observation the curve is not known; this keeps its last value.
        """
        passed = [step.survival for step in self.steps if step.time <= time]
        return passed[-1] if passed else 1.0


def kaplan_meier(durations: Sequence[float], observed: Sequence[bool]) -> SurvivalCurve:
    """Estimate from follow-up times and whether each ended with the event.

    False in `observed` is censored: followed so long without the event. Raises ValueError when
    there is nobody, the lengths differ, or a duration is negative or not finite.
    """
    _check(durations, observed)
    people = list(zip(durations, observed, strict=True))
    steps: list[SurvivalStep] = []
    survival, greenwood = 1.0, 0.0
    for time in sorted({duration for duration, event in people if event}):
        at_risk = sum(duration >= time for duration in durations)
        events = sum(event and duration == time for duration, event in people)
        left = at_risk - events
        survival *= left / at_risk
        error: float | None = None
        if left > 0:
            greenwood += events / (at_risk * left)
            error = survival * sqrt(greenwood)
        steps.append(SurvivalStep(time, at_risk, events, survival, error))
    return SurvivalCurve(len(people), tuple(steps))


def _check(durations: Sequence[float], observed: Sequence[bool]) -> None:
    if not durations:
        raise ValueError("durations: nobody was followed")
    if len(durations) != len(observed):
        raise ValueError("observed: needs one entry for each duration")
    if any(not isfinite(duration) or duration < 0 for duration in durations):
        raise ValueError("durations: each is 0 or more")
