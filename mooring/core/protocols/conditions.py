"""The one language in which stop, start, leaving and screening policies write a condition.

A condition says what is measured, on which side of which number it has to lie, and whether that
number is absolute or counted from the patient's own baseline; or which symptom is reported. The
words of banners, chart lines and handbook pages are made from it here and nowhere else.
"""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from mooring.core.datafiles import Frozen
from mooring.core.protocols.cited import Claims, Number
from mooring.core.session.chart import MEASURE_WORDS, Measure, plain
from mooring.core.session.entries import SymptomId
from mooring.core.session.view import Baseline

Comparator = Literal["at_least", "above", "at_most", "below", "within"]
"""`within` is for a change in either direction: at most so far from the baseline."""

Reference = Literal["absolute", "change_from_baseline", "percent_of_baseline"]
"""What the number is: a value, a change in the measure's own unit, or a change in percent."""

UPWARD = ("at_least", "above")
DOWNWARD = ("at_most", "below")
PHRASES: dict[Comparator, str] = {
    "at_least": "{} or more",
    "above": "above {}",
    "at_most": "{} or lower",
    "below": "below {}",
    "within": "within {}",
}
OFF_BASELINE: dict[Comparator, str] = {
    "at_least": "at least {} over",
    "above": "more than {} over",
    "at_most": "at least {} under",
    "below": "more than {} under",
    "within": "within {} of",
}


class Comparison(Frozen):
    """A side of a number."""

    comparator: Comparator
    limit: Number

    def met_by(self, value: Decimal) -> bool:
        """True when the value lies on this side of the number."""
        return _compare(self.comparator, value, self.limit.value)

    def phrase(self, *, unit: bool = True) -> str:
        """For example "180 mmHg or more" or "below 92 %"; without its unit "180 or more"."""
        number = plain(self.limit.value)
        return PHRASES[self.comparator].format(f"{number} {self.limit.unit}" if unit else number)


class Threshold(Comparison):
    """A measure on one side of a number, absolute or counted from the patient's own baseline."""

    kind: Literal["threshold"] = "threshold"
    measure: Measure
    reference: Reference = "absolute"

    @property
    def relative(self) -> bool:
        """True when it cannot be looked at without a baseline."""
        return self.reference != "absolute"

    @model_validator(mode="after")
    def _can_be_said_in_words(self) -> Self:
        """A rise is a number above 0, a fall one below 0; without a baseline nothing is within."""
        if not self.relative:
            if self.comparator == "within":
                raise ValueError("comparator: 'within' counts from a baseline, name the reference")
            return self
        if self.measure not in ("systolic", "diastolic", "heart_rate", "spo2"):
            raise ValueError(f"reference: the baseline holds no {self.measure}")
        if self.comparator in DOWNWARD and self.limit.value >= 0:
            raise ValueError("limit: a fall from baseline is written as a number below 0")
        if self.comparator not in DOWNWARD and self.limit.value <= 0:
            raise ValueError("limit: a rise over baseline is written as a number above 0")
        return self


class Reported(Frozen):
    """One of these symptoms, of any severity but "none"."""

    kind: Literal["reported"] = "reported"
    symptoms: tuple[SymptomId, ...] = Field(min_length=1)
    claims: Claims


Condition = Annotated[Threshold | Reported, Field(discriminator="kind")]


def base_of(measure: Measure, baseline: Baseline | None) -> Decimal | None:
    """The baseline of one measure; None where it is not known."""
    if baseline is None:
        return None
    return {
        "systolic": baseline.systolic,
        "diastolic": baseline.diastolic,
        "heart_rate": baseline.heart_rate,
        "spo2": baseline.spo2,
    }.get(measure)


def is_met(threshold: Threshold, value: int, baseline: Baseline | None) -> bool | None:
    """Whether a value meets the threshold; None when that needs a baseline that is not known."""
    if not threshold.relative:
        return threshold.met_by(Decimal(value))
    base = base_of(threshold.measure, baseline)
    if base is None:
        return None
    if threshold.reference == "change_from_baseline":
        return threshold.met_by(value - base)
    # Compared without dividing, so that exactly the limit is on the limit.
    return _compare(threshold.comparator, (value - base) * 100, threshold.limit.value * base)


def line_at(threshold: Threshold, baseline: Baseline | None) -> Decimal | None:
    """The value at which a chart draws the threshold; None without one line, or the baseline."""
    if not threshold.relative:
        return threshold.limit.value
    base = base_of(threshold.measure, baseline)
    if base is None or threshold.comparator == "within":
        return None
    if threshold.reference == "change_from_baseline":
        return base + threshold.limit.value
    return base + base * threshold.limit.value / 100


def in_words(threshold: Threshold) -> str:
    """What is said of a threshold where no patient is at hand, as in the handbook.

    "Systolic blood pressure 180 mmHg or more", or "Systolic blood pressure at least 45 mmHg over
    the patient's own baseline".
    """
    name = MEASURE_WORDS[threshold.measure]
    return f"{name} {threshold.phrase()}" if not threshold.relative else f"{name} {off(threshold)}"


def off(threshold: Threshold) -> str:
    """A threshold counted from the baseline: "at least 45 mmHg over the patient's own baseline"."""
    amount = f"{plain(abs(threshold.limit.value))} {threshold.limit.unit}"
    return f"{OFF_BASELINE[threshold.comparator].format(amount)} the patient's own baseline"


def short_name(measure: Measure) -> str:
    """What a measure is called on a line of a chart: "systolic", "heart rate", "SpO2"."""
    name = MEASURE_WORDS[measure].removesuffix(" blood pressure")
    return name if name in ("SpO2", "MOAA/S") else name[0].lower() + name[1:]


def line_words(threshold: Threshold, at: Decimal) -> str:
    """The side of the line that a chart draws at `at`: "165 or more (baseline +45)"."""
    unit = " %" if threshold.measure == "spo2" else ""
    words = PHRASES[threshold.comparator].format(f"{plain(at)}{unit}")
    if not threshold.relative:
        return words
    percent = " %" if threshold.reference == "percent_of_baseline" else ""
    change = f"{threshold.limit.value:+f}".replace("-", "−")
    return f"{words} (baseline {change}{percent})"


def _compare(comparator: Comparator, left: Decimal, right: Decimal) -> bool:
    match comparator:
        case "at_least":
            return left >= right
        case "above":
            return left > right
        case "at_most":
            return left <= right
        case "below":
            return left < right
        case _:
            return abs(left) <= right
