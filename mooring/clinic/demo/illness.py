"""How the demonstration's patients fare: PHQ-9 totals over a course, and when a response is lost.

The loss of response is drawn from the Weibull curve that passes through 0.80 at four weeks and
0.60 at eight (k = 1.195, scale 98.3 days), which restates the sustained response that McInnes and
others reported for 537 patients of community practices. Each patient takes one evenly spaced
quantile of that curve, so that even sixty patients follow it. Everything else is made up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log
from random import Random

WEIBULL_SHAPE = 1.195
WEIBULL_SCALE_DAYS = 98.3
LEFT_AFTER = {
    # The part of the first score that is left after 0, 1, 2 ... infusions.
    "early": (1.0, 0.60, 0.42, 0.34, 0.27, 0.22, 0.17),
    "standard": (1.0, 0.88, 0.70, 0.46, 0.36, 0.29, 0.23),
    "late": (1.0, 0.94, 0.88, 0.80, 0.68, 0.45, 0.33),
    "none": (1.0, 0.97, 0.94, 0.92, 0.90, 0.88, 0.86),
}
SHARES = (("early", 0.22), ("standard", 0.27), ("late", 0.12), ("none", 0.39))
LEFT_AFTER_LOSS = 0.78
LEFT_AFTER_BOOSTER = 0.38


@dataclass(frozen=True)
class Outlook:
    """What will happen to one patient's scores."""

    kind: str
    first_score: int
    holds_days: float
    """Days from the sixth infusion until the response is lost."""


def outlooks(count: int, random: Random) -> list[Outlook]:
    """One outlook a patient, in the shares above, in a shuffled order."""
    kinds = [kind for kind, share in SHARES for _ in range(round(share * count))]
    kinds = (kinds + ["none"] * count)[:count]
    responders = [kind for kind in kinds if kind != "none"]
    quantiles = [(place + 0.5) / len(responders) for place in range(len(responders))]
    random.shuffle(quantiles)
    random.shuffle(kinds)
    return [
        Outlook(
            kind=kind,
            first_score=random.randint(15, 24),
            holds_days=weibull(quantiles.pop()) if kind != "none" else 0.0,
        )
        for kind in kinds
    ]


def weibull(quantile: float) -> float:
    """Days after which this share of responders has lost the response."""
    return float(WEIBULL_SCALE_DAYS * (-log(1 - quantile)) ** (1 / WEIBULL_SHAPE))


def total_at(outlook: Outlook, infusions: Sequence[datetime], at: datetime, random: Random) -> int:
    """The PHQ-9 total this patient would give at a moment, 0 to 27."""
    left = part_left(outlook, [moment for moment in infusions if moment < at], at)
    return max(0, min(27, round(outlook.first_score * left + random.uniform(-1.4, 1.4))))


def part_left(outlook: Outlook, done: Sequence[datetime], at: datetime) -> float:
    """The part of the first score that is left, from the infusions had and the time since."""
    course = LEFT_AFTER[outlook.kind]
    if outlook.kind == "none" or len(done) < len(course) - 1:
        return course[min(len(done), len(course) - 1)]
    held_until = done[len(course) - 2] + timedelta(days=outlook.holds_days)
    boosters = [moment for moment in done[len(course) - 1 :] if moment >= held_until]
    if boosters:
        recent = at - boosters[-1] < timedelta(days=35)
        return LEFT_AFTER_BOOSTER if recent else LEFT_AFTER_LOSS
    return course[-1] if at < held_until else LEFT_AFTER_LOSS


def spread(total: int, random: Random, *, thoughts_of_death: int = 0) -> dict[str, int]:
    """Nine PHQ-9 answers that add up to `total`, the ninth as given."""
    answers = [0] * 8
    for _ in range(min(total - thoughts_of_death, 24)):
        open_items = [place for place, value in enumerate(answers) if value < 3]
        answers[random.choice(open_items)] += 1
    named = {f"phq9.{place}": value for place, value in enumerate(answers, start=1)}
    return {**named, "phq9.9": thoughts_of_death}
