"""The outcome as a chart's data and as the rows of the table below it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from mooring.clinic.measures.models import Assignment, Response
from mooring.clinic.measures.schedule import MEASURE
from mooring.clinic.measures.standing import response_to
from mooring.clinic.outcomes.reading import Outcome, moment
from mooring.core.measures import MEASURES, Score
from mooring.core.outcomes import DEFINITIONS, CurvePoint, whole_percent


@dataclass(frozen=True)
class Row:
    """One scale that fell due, as a line of the table."""

    at: datetime
    assignment: Assignment
    response: Response | None
    point: CurvePoint | None
    """Its place on the curve; None when it was missed or is incomplete."""

    @property
    def score(self) -> Score | None:
        """The score, with the least it can be where an item was left out."""
        if self.response is None:
            return None
        return MEASURES[self.assignment.measure].score(self.response.answers)

    @property
    def change(self) -> str:
        """Since the score before the first session, signed, in whole percent."""
        if self.point is None or self.point.change_percent is None:
            return "unknown"
        if self.point.sessions_before == 0:
            return "–"
        return whole_percent(self.point.change_percent)


def rows(outcome: Outcome) -> list[Row]:
    """What fell due, newest first."""
    points = {point.taken_at: point for point in outcome.summary.points}
    found = [
        Row(moment(asked), asked, response, points.get(response.completed_at) if response else None)
        for asked, response in ((asked, response_to(asked)) for asked in outcome.due)
    ]
    return sorted(found, key=lambda row: row.at, reverse=True)


def curve(outcome: Outcome) -> dict[str, Any]:
    """The chart's data: points, what has no score, sessions, and the lines of the definitions."""
    return {**bare_curve(outcome), "lines": lines(outcome)}


def bare_curve(outcome: Outcome) -> dict[str, Any]:
    """Points, gaps and sessions."""
    measure = MEASURES[outcome.summary.measure]
    without = [row for row in rows(outcome) if row.point is None]
    return {
        "name": measure.short_title,
        "maximum": measure.maximum,
        "points": [
            {"at": wall_time(point.taken_at), "total": point.total}
            for point in outcome.summary.points
        ],
        "gaps": [
            {"at": wall_time(row.at), "why": "incomplete" if row.response else "missed"}
            for row in without
        ],
        "sessions": [
            {"at": wall_time(s.started_at), "number": s.number}
            for s in outcome.sessions
            if s.started_at is not None
        ],
        "lines": [],
    }


def wall_time(moment: datetime) -> str:
    """What the clinic's clocks showed, marked as UTC: no browser moves it to its own zone."""
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M:%SZ}"


def lines(outcome: Outcome) -> list[dict[str, Any]]:
    """For each definition the highest score that meets it; without a baseline some have none."""
    baseline = outcome.summary.baseline
    start = baseline.total if baseline else None
    asked = (found for found in DEFINITIONS.values() if found.measure == MEASURE)
    drawn = ((definition, definition.line(start)) for definition in asked)
    return [
        {"id": definition.id, "value": float(value)}
        for definition, value in drawn
        if value is not None
    ]


def line_of(outcome: Outcome, definition_id: str) -> Decimal | None:
    """The highest score that meets one definition; None where that needs an unknown baseline."""
    baseline = outcome.summary.baseline
    return DEFINITIONS[definition_id].line(baseline.total if baseline else None)
