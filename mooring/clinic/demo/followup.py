"""How the demonstration's patients answer their scales, and who answers an alert."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from mooring.clinic.demo.illness import spread, total_at
from mooring.clinic.demo.life import Life
from mooring.clinic.measures import actions as measures
from mooring.clinic.measures.models import Assignment, Response
from mooring.clinic.measures.self_harm import task_about
from mooring.clinic.suicidality.actions import enter_tier
from mooring.clinic.tasks.actions import close_task

LEFT_OUT = 0.14
"""The share of scales that nobody answers."""
CALLED_BACK = timedelta(hours=3, minutes=20)
BEFORE_SESSION = timedelta(hours=1)


def answer_due(life: Life, until: datetime) -> Iterator[datetime]:
    """Answer what falls due before `until`, most of it, each a little after its time."""
    for assignment in newly_due(life, until):
        if not life.plot.thoughts_of_death_in and life.random.random() < LEFT_OUT:
            continue
        late = timedelta(minutes=life.random.randint(2, 90))
        yield (now := min(assignment.due_at + late, until - BEFORE_SESSION))
        response = answer(life, assignment, now)
        yield from look_into(life, response)


def newly_due(life: Life, until: datetime) -> list[Assignment]:
    """What falls due before `until` and was not in an earlier list."""
    due = Assignment.objects.filter(
        patient=life.patient, cancelled_at=None, response=None, due_at__lt=until - BEFORE_SESSION
    ).exclude(pk__in=life.asked)
    found = list(due.order_by("due_at"))
    life.asked.update(assignment.pk for assignment in found)
    return found


def answer(life: Life, assignment: Assignment, now: datetime) -> Response:
    """Nine answers through the personal link."""
    life.answered += 1
    dark = int(life.answered in life.plot.thoughts_of_death_in)
    total = max(dark, total_at(life.plot.outlook, life.sessions, now, life.random))
    return measures.answer(
        measures.by_link(life.patient),
        assignment=assignment,
        answers=spread(total, life.random, thoughts_of_death=dark),
        started_at=now - timedelta(seconds=life.random.randint(38, 110)),
        now=now,
    )


def look_into(life: Life, response: Response) -> Iterator[datetime]:
    """The task that an answer above 0 on item 9 opened is closed some hours later."""
    task = task_about(response.assignment)
    if task is None:
        return
    yield (now := response.completed_at + CALLED_BACK)
    enter_tier(
        life.staff.prescriber,
        patient=life.patient,
        tier="low",
        reasons="Fleeting thoughts without a method, no plan, no act; partner at home.",
        now=now,
    )
    close_task(
        life.staff.prescriber,
        task=task,
        outcome="Telephoned the same afternoon: fleeting thoughts, no plan, partner at home. "
        "Safety plan gone through; seen again the next morning.",
        now=now,
    )
