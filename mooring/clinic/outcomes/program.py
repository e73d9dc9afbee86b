"""The program as a whole: aggregates only, each with its definition and what it is counted of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from mooring.clinic.courses.models import Course
from mooring.clinic.measures.models import Assignment
from mooring.clinic.measures.schedule import MEASURE
from mooring.clinic.outcomes.cells import SMALLEST, cell, parts, share
from mooring.clinic.outcomes.reading import DEFINITION_IDS, Outcome, read
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.outcomes import (
    DEFINITIONS,
    Met,
    OutcomeSummary,
    ResponderType,
    SurvivalCurve,
    SurvivalStep,
    kaplan_meier,
)

READ_AT = (0, 7, 14, 28, 56, 84)
"""Days at which the curve is read; published curves are read at 28, 56 and 84."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class ByDefinition:
    """How many meet one definition at their latest score."""

    id: str
    name: str
    claims: tuple[str, ...]
    met: str
    unknown: str
    """Treated, but without what the definition needs; never counted as a no."""


@dataclass(frozen=True)
class Followed:
    """One sustained response: how many days it was followed, and whether it was lost."""

    days: float
    lost: bool


def treated(now: datetime) -> list[Outcome]:
    """Of every patient with at least one session: the outcome of the newest treated course."""
    begun = TreatmentSession.objects.filter(started_at__lte=now, cancelled_at=None)
    sessions = by_course(begun.select_related("order"))
    asked = by_course(Assignment.objects.select_related("response").filter(measure=MEASURE))
    newest: dict[UUID, Course] = {}
    for course in Course.objects.filter(pk__in=sessions).order_by("started_at"):
        newest[course.patient_id] = course
    return [read(course, sessions[course.id], asked[course.id], now) for course in newest.values()]


def by_course(rows: Any) -> dict[UUID, list[Any]]:
    """Rows grouped by the course they belong to."""
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.course_id].append(row)
    return found


def completeness(outcomes: Sequence[Outcome]) -> str:
    """Complete answers of the scales that fell due, over everybody treated."""
    return share(
        sum(outcome.summary.answered for outcome in outcomes),
        sum(outcome.summary.due for outcome in outcomes),
    )


def by_definition(summaries: Sequence[OutcomeSummary]) -> list[ByDefinition]:
    """Response and remission under each definition."""
    return [one_definition(name, summaries) for name in DEFINITION_IDS]


def one_definition(name: str, summaries: Sequence[OutcomeSummary]) -> ByDefinition:
    """How many meet it, of those for whom it is known."""
    counts = Counter(summary.result(name).met for summary in summaries)
    known = counts[Met.YES] + counts[Met.NO]
    return ByDefinition(
        id=name,
        name=DEFINITIONS[name].name,
        claims=DEFINITIONS[name].claims,
        met=share(counts[Met.YES], known),
        unknown=cell(counts[Met.UNKNOWN]),
    )


def responder_types(summaries: Sequence[OutcomeSummary]) -> dict[str, str]:
    """How many of each type; the type by the infusion of the first sustained response, where all
    sessions up to it were infusions."""
    counts = Counter(summary.responder.type for summary in summaries)
    return parts({kind.value: counts[kind] for kind in ResponderType})


def followed(summaries: Sequence[OutcomeSummary]) -> list[Followed]:
    """Everyone who had a sustained response, from its first score to its loss or the last score."""
    return [
        Followed((end(summary) - summary.responder.since) / DAY, summary.responder.lost is Met.YES)
        for summary in summaries
        if summary.responder.since is not None
    ]


def end(summary: OutcomeSummary) -> datetime:
    """The loss of a response, or the last score that still knew of it."""
    return summary.responder.lost_at or summary.points[-1].taken_at


def lasting(people: Sequence[Followed]) -> SurvivalCurve | None:
    """Kaplan-Meier of the sustained response; None while fewer than five were followed."""
    if len(people) < SMALLEST:
        return None
    return kaplan_meier([person.days for person in people], [person.lost for person in people])


def readings(people: Sequence[Followed], curve: SurvivalCurve) -> list[dict[str, str]]:
    """The curve at READ_AT, as long as at least five are still followed."""
    found = []
    for day in READ_AT:
        at_risk = sum(person.days >= day for person in people)
        kept = kept_at(day, curve) if at_risk >= SMALLEST else "too few followed"
        found.append({"day": str(day), "at_risk": cell(at_risk), "kept": kept})
    return found


def kept_at(day: float, curve: SurvivalCurve) -> str:
    """For example "50 % (27 to 69 %)"; before the first loss there is no interval."""
    kept, interval = f"{100 * curve.at(day):.0f} %", curve.interval_at(day)
    if interval is None:
        return kept
    low, high = interval
    return f"{kept} ({100 * low:.0f} to {100 * high:.0f} %)"


def steps(people: Sequence[Followed], curve: SurvivalCurve) -> dict[str, Any]:
    """The chart's data: the curve, drawn for as long as at least five are followed."""
    longest = sorted((person.days for person in people), reverse=True)[SMALLEST - 1]
    drawn = [step for step in curve.steps if step.time <= longest]
    return {
        "kept": [{"day": 0, "share": 1.0}]
        + [{"day": step.time, "share": step.survival} for step in drawn]
        + [{"day": longest, "share": curve.at(longest)}],
        "band": band(drawn, longest),
        "at_risk": [
            {"day": day, "count": cell(sum(person.days >= day for person in people))}
            for day in READ_AT
            if day <= longest
        ],
        "median": curve.median if curve.median is not None and curve.median <= longest else None,
    }


def band(drawn: Sequence[SurvivalStep], longest: float) -> list[dict[str, float]]:
    """The 95 % interval from the first loss on, until `longest` or until nobody is left."""
    known = [(step.time, step.interval) for step in drawn if step.interval is not None]
    if not known:
        return []
    end = longest if drawn[-1].interval is not None else drawn[-1].time
    known.append((end, known[-1][1]))
    return [{"day": day, "low": low, "high": high} for day, (low, high) in known]
