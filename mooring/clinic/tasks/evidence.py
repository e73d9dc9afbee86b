"""What a task stands on, read when it is opened: never only what was known when it was made."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.clinic.measures.models import Assignment, Response
from mooring.clinic.measures.reading import Answered, Line, item_by_item, score_of
from mooring.clinic.measures.self_harm import assignment_of, given
from mooring.clinic.measures.standing import Standing, response_to
from mooring.clinic.tasks.models import Task
from mooring.core.measures import MEASURES, Score, SummedMeasure


@dataclass(frozen=True)
class FormEvidence:
    """The form that a task is about, sent or still on the way."""

    line: Line
    measure: SummedMeasure
    response: Response | None
    """None while it has not been sent."""
    score: Score | None
    items: list[Answered]
    """Each answer; empty while it has not been sent."""
    given: list[tuple[object, str]]
    """What was chosen on the watched questions on the way, each with its time and words."""


def evidence(task: Task) -> FormEvidence | None:
    """The form the task is about; None where it is about something else."""
    assignment = assignment_of(task)
    return None if assignment is None else form_evidence(assignment)


def form_evidence(assignment: Assignment) -> FormEvidence:
    """The form with its answers as they stand now."""
    response = response_to(assignment)
    return FormEvidence(
        line=Line(assignment, Standing.OPEN if response is None else Standing.ANSWERED),
        measure=MEASURES[assignment.measure],
        response=response,
        score=None if response is None else score_of(response),
        items=[] if response is None else item_by_item(response),
        given=[(row, words) for row, words in given(assignment)],
    )
