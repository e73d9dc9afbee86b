"""An answer above 0 to the self-harm item: a named person gets a task, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from mooring.clinic.actions import Actor
from mooring.clinic.measures.models import Response
from mooring.clinic.tasks.actions import open_task
from mooring.clinic.tasks.models import Task
from mooring.clinic.tasks.owners import who_is_asked
from mooring.core.measures import MEASURES, Alert

KIND = "self_harm_answer"
DUE_IN = timedelta(hours=1)
"""The clinic's choice, without a source: soon enough to call the same day."""


def alerts(measure: str, answers: Mapping[str, int]) -> tuple[Alert, ...]:
    """The answers that call someone, of a finished form or of one half filled in."""
    return MEASURES[measure].alerts(answers)


def raise_alarm(by: Actor, response: Response, now: datetime) -> Task | None:
    """Open the task for an alarming answer; None when there is nothing to open, or nobody."""
    found = alerts(response.assignment.measure, response.answers)
    assignment = response.assignment
    owner = who_is_asked(assignment.course or assignment.patient.courses.first())
    if not found or owner is None:
        return None
    return open_task(
        by,
        patient=response.assignment.patient,
        kind=KIND,
        title="Thoughts of self-harm answered: read and call",
        detail="\n".join(f"{in_words(response, alert)} {alert.text}" for alert in found),
        owner=owner,
        source=source(response),
        due_at=now + DUE_IN,
        now=now,
    )


def source(response: Response) -> str:
    """What the task says it came from."""
    return f"measures.Response:{response.id}"


def task_about(response: Response) -> Task | None:
    """The task that this response opened."""
    return Task.objects.select_related("owner").filter(kind=KIND, source=source(response)).first()


def in_words(response: Response, alert: Alert) -> str:
    """The item's number and the answer, as "PHQ-9 item 9: Several days (1)."."""
    measure = MEASURES[response.assignment.measure]
    number = [item.id for item in measure.items].index(alert.item) + 1
    option = next(option for option in measure.options if option.value == alert.value)
    return f"{measure.short_title} item {number}: {option.text} ({option.value})."
