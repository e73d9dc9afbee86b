"""A body weight with its date and how it was found, and reasons to doubt one."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mooring.core.quantities import Kilograms, plain
from mooring.core.words import day

STALE_AFTER_DAYS = 90
"""A weight older than this on the day of ordering holds the order (evidence file §7.3)."""


class WeightMethod(StrEnum):
    """How a weight was found; the value is the word staff read."""

    WEIGHED = "weighed"
    STATED = "stated by the patient"
    ESTIMATED = "estimated"
    UNKNOWN = "method unknown"
    """The record gives a weight and a date but not how it was found."""


@dataclass(frozen=True)
class Weight:
    """A body weight that says when and how it was found."""

    value: Kilograms
    measured_on: date
    method: WeightMethod

    def __post_init__(self) -> None:
        if self.value.value == 0:
            raise ValueError("weight: a weight is above 0 kg")

    def text(self) -> str:
        """For example "70 kg (weighed 3 Nov 2026)"."""
        return f"{self.value.text()} ({self.method} {day(self.measured_on)})"

    def holds(self, on: date) -> str | None:
        """Why this weight cannot carry an order written on that day, or None."""
        age = (on - self.measured_on).days
        if age < 0:
            return f"weight: dated {day(self.measured_on)}, after the order of {day(on)}"
        if age > STALE_AFTER_DAYS:
            return f"weight: {age} days old on {day(on)}, more than {STALE_AFTER_DAYS}: weigh again"
        return None


def plausible_weight(
    new: Kilograms, previous: Kilograms | None, height_cm: Decimal | None
) -> tuple[str, ...]:
    """Reasons to weigh again before this weight is used; empty when there is none.

    Asks whether the weight moved by the factor between kilogram and pound (2.2046), by more than
    20 %, or makes a body mass index outside 12 to 70. Without a previous weight or a height (cm)
    the checks that need it are not made: an empty answer is then no sign that all is well.
    Source: evidence file §7.3. Raises ValueError when previous weight or height is 0 or less.
    """
    reasons: list[str] = []
    if previous is not None:
        reasons += _against_last_weight(new, previous)
    if height_cm is not None:
        reasons += _against_height(new, height_cm)
    return tuple(reasons)


_POUNDS_PER_KILOGRAM = Decimal("2.2046")
_NEAR = Decimal("0.1")
_LEAST_USUAL_INDEX = Decimal("18.5")
"""The least body mass index that is usual in adults. A clinic's choice: no source was read."""
HEAVY_WITHOUT_HEIGHT = Kilograms(120)
"""Without a height on record, a first weight from here on is asked about. A clinic's choice."""


def first_weight(new: Kilograms, height_cm: Decimal | None) -> tuple[str, ...]:
    """Reasons to check a weight that has no checked weight before it; empty when there is none.

    In pounds a weight is read 2.2046 times too high. It is asked about wherever the pounds would
    be the kilograms of a usual adult: 154 at 175 cm is 70 kg. Without a height (cm) it is asked
    about from 120 kg on. Raises ValueError when the height is 0 or less.
    """
    if not looks_like_pounds(new, height_cm):
        return ()
    kilograms = Kilograms(new.value / _POUNDS_PER_KILOGRAM).rounded("1").text()
    if height_cm is None:
        said = f"{new.text()} is the first weight, and no height is on record to hold it against"
        return (f"{said}: is it in pounds? Then it is {kilograms}",)
    index = new.value / (height_cm / 100) ** 2
    said = f"{new.text()} at {plain(height_cm)} cm makes a body mass index of {index:.0f}"
    return (f"{said}: is it in pounds? Then it is {kilograms}",)


def looks_like_pounds(weight: Kilograms, height_cm: Decimal | None) -> bool:
    """True where the number could be the pounds of an adult of usual weight."""
    if height_cm is None:
        return weight >= HEAVY_WITHOUT_HEIGHT
    if height_cm <= 0:
        raise ValueError("height_cm: a height is above 0 cm, for example 175")
    index = weight.value / (height_cm / 100) ** 2
    return index >= _LEAST_USUAL_INDEX * _POUNDS_PER_KILOGRAM


def _against_last_weight(new: Kilograms, previous: Kilograms) -> list[str]:
    if previous.value <= 0:
        raise ValueError("previous: a weight is above 0 kg")
    ratio = new.value / previous.value
    last = f"the last weight {previous.text()}"
    if abs(ratio / _POUNDS_PER_KILOGRAM - 1) <= _NEAR:
        return [f"{new.text()} is about 2.2 times {last}: is it in pounds?"]
    if abs(ratio * _POUNDS_PER_KILOGRAM - 1) <= _NEAR:
        return [f"{new.text()} is {last} divided by about 2.2: was one of the two in pounds?"]
    percent = (ratio - 1) * 100
    if abs(percent) > 20:
        more = "more" if percent > 0 else "less"
        return [f"{new.text()} is {abs(percent):.0f} % {more} than {last}: weigh again"]
    return []


def _against_height(new: Kilograms, height_cm: Decimal) -> list[str]:
    if height_cm <= 0:
        raise ValueError("height_cm: a height is above 0 cm, for example 175")
    index = new.value / (height_cm / 100) ** 2
    if 12 <= index <= 70:
        return []
    height = f"{plain(height_cm)} cm"
    return [f"{new.text()} at {height} makes a body mass index of {index:.0f}, outside 12 to 70"]
