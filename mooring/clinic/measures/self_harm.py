"""Answers about self-harm: a named person gets a task when one is given or declined on purpose."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from mooring.clinic.actions import Actor
from mooring.clinic.measures.models import Assignment, Response, WatchedAnswer
from mooring.clinic.tasks.actions import add_to_task, open_task
from mooring.clinic.tasks.models import Task
from mooring.clinic.tasks.owners import newest_course, who_is_asked
from mooring.core.measures import MEASURES, Alert
from mooring.core.protocols import suicidality

KIND = "self_harm_answer"
TITLE = "Thoughts of self-harm answered: read and call"
DECLINED = "Question about self-harm declined: ask and call"


def alerts(
    measure: str, answers: Mapping[str, int], declined: Collection[str] = ()
) -> tuple[Alert, ...]:
    """The answers that call someone, of a finished form or of one half filled in."""
    return MEASURES[measure].alerts(answers, declined)


def alerts_of(response: Response) -> tuple[Alert, ...]:
    """Those of a form that was sent: whatever has no answer there was left out on purpose."""
    score = MEASURES[response.assignment.measure].score(response.answers)
    return alerts(response.assignment.measure, response.answers, score.alert_items_missing)


def is_watched(assignment: Assignment, item: str) -> bool:
    """True for an item that can call someone."""
    return item in MEASURES[assignment.measure].watched


def calls(assignment: Assignment, item: str, value: int | None) -> Alert | None:
    """What this one answer calls for; None where it calls nobody."""
    answers = {} if value is None else {item: value}
    return next(iter(alerts(assignment.measure, answers, {item})), None)


def to_be_kept(assignment: Assignment, item: str, value: int | None) -> bool:
    """True when this choice calls someone, or takes back one that did; said twice it is once."""
    last = assignment.watched_answers.filter(item=item).last()
    if last is None:
        return calls(assignment, item, value) is not None
    return last.value != value


def raise_alarm(by: Actor, response: Response, now: datetime) -> Task | None:
    """Open the task for an alarming form, or add to it; None when there is nothing to open."""
    return call(by, response.assignment, alerts_of(response), now)


def call(by: Actor, assignment: Assignment, found: tuple[Alert, ...], now: datetime) -> Task | None:
    """One open task for one form. What a closed one was closed on opens no second."""
    last = tasks_of(assignment).last()
    if not found or (last is not None and known_when_closed(last, assignment, found)):
        return None
    detail = "\n".join(f"{in_words(assignment, alert)} {alert.text}" for alert in found)
    if last is not None and last.closed_at is None:
        return add_to_task(by, task=last, detail=detail, now=now)
    owner = who_is_asked(assignment.course or newest_course(assignment.patient))
    if owner is None:
        return None
    policy = suicidality.load()
    answered = any(alert.value is not None for alert in found)
    return open_task(
        by,
        patient=assignment.patient,
        kind=KIND,
        title=TITLE if answered else DECLINED,
        detail=detail,
        owner=owner,
        source=next_source(assignment),
        due_at=now + timedelta(hours=float(policy.answer_called_within.value)),
        escalates_every=int(policy.escalates_every.value),
        now=now,
    )


def known_when_closed(task: Task, assignment: Assignment, found: tuple[Alert, ...]) -> bool:
    """True when the task is closed, and each of these answers had been given before."""
    if task.closed_at is None:
        return False
    before = assignment.watched_answers.filter(given_at__lte=task.closed_at)
    given = set(before.values_list("item", "value"))
    return all((alert.item, alert.value) in given for alert in found)


def source(assignment: Assignment) -> str:
    """What the first task about a form says it came from."""
    return f"{assignment._meta.label}:{assignment.pk}"


def next_source(assignment: Assignment) -> str:
    """The source of the next task about it: a later answer may ask for a second one."""
    count = tasks_of(assignment).count()
    return source(assignment) if count == 0 else f"{source(assignment)}#{count + 1}"


def tasks_of(assignment: Assignment) -> QuerySet[Task]:
    """The tasks about a form, earliest first; of older builds also those about its response."""
    about = Q(source=source(assignment)) | Q(source__startswith=f"{source(assignment)}#")
    response = getattr(assignment, "response", None)
    if response is not None:
        about |= Q(source=f"{response._meta.label}:{response.pk}")
    rows = Task.objects.filter(about, kind=KIND).select_related("owner", "closed_by")
    return rows.order_by("opened_at")


def task_about(assignment: Assignment) -> Task | None:
    """The newest task about this form."""
    return tasks_of(assignment).last()


def assignment_of(task: Task) -> Assignment | None:
    """The form a task is about; None for a task about something else."""
    label, _, key = task.source.partition(":")
    rows = Assignment.objects.select_related("response", "session")
    if label == Assignment._meta.label:
        return rows.filter(pk=key.partition("#")[0]).first()
    if label == Response._meta.label:
        return rows.filter(response__pk=key).first()
    return None


def in_words(assignment: Assignment, alert: Alert) -> str:
    """The item's number and the answer, as "PHQ-9 item 9: Several days (1)."."""
    measure = MEASURES[assignment.measure]
    number = [item.id for item in measure.items].index(alert.item) + 1
    return f"{measure.short_title} item {number}: {said(assignment, alert.value)}."


def said(assignment: Assignment, value: int | None) -> str:
    """One answer as the form words it, with its value."""
    if value is None:
        return "declined on purpose"
    options = MEASURES[assignment.measure].options
    return next(f"{option.text} ({value})" for option in options if option.value == value)


def given(assignment: Assignment) -> list[tuple[WatchedAnswer, str]]:
    """What was chosen on the way, earliest first, each with its words."""
    return [(row, said(assignment, row.value)) for row in assignment.watched_answers.all()]
