"""Writes of tasks: one is opened for a named person, and closed with an outcome."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.alone.models import AloneOpening
from mooring.clinic.live.hub import notify
from mooring.clinic.once.standing import Stands, shown, still
from mooring.clinic.people.models import Patient
from mooring.clinic.tasks.models import ALONE_REVIEW, HandOver, Task
from mooring.clinic.tasks.owners import may_hold


@action("task.open")
def open_task(
    by: Actor,  # noqa: ARG001
    *,
    patient: Patient,
    kind: str,
    title: str,
    detail: str,
    owner: User,
    source: str,
    due_at: datetime,
    escalates_every: int | None = None,
    now: datetime,
) -> Task:
    """Give a named person something to do; `escalates_every` (minutes) makes it urgent.

    One kind of task is opened once for one source: asked again, it returns the task there is,
    closed or not, unchanged.
    """
    task, _made = Task.objects.get_or_create(
        kind=kind,
        source=source,
        defaults={
            "patient": patient,
            "title": title,
            "detail": detail,
            "owner": owner,
            "opened_at": now,
            "due_at": due_at,
            "escalates_every": escalates_every,
        },
    )
    notify("today")
    return task


@action("task.open")
def add_to_task(by: Actor, *, task: Task, detail: str, now: datetime) -> Task:  # noqa: ARG001
    """Write what came later under what an open task says already; the same words once."""
    task = Task.objects.select_for_update().get(pk=task.pk)
    said = task.detail.split("\n")
    new = [line for line in detail.split("\n") if line not in said]
    if new and task.closed_at is None:
        task.detail = "\n".join([*said, *new])
        task.save(update_fields=["detail"])
        notify("today")
    return task


def task_stands(task: Task) -> Stands:
    """Who holds a task, and what it says: words may come to it while somebody closes it."""
    said = {"For": str(task.owner), "What it says": shown(task.detail)}
    if task.closed_at is not None:
        said |= {"Closed by": str(task.closed_by), "Outcome": task.outcome}
    closed = task.closed_at is not None
    instead = reverse("task_close", args=[task.pk]) if closed else ""
    return Stands(f"task {task.pk}", said, instead=instead)


@action("task.close")
def hand_over(by: Actor, *, task: Task, to: User, reason: str, now: datetime) -> HandOver:
    """Give an open task to another person in care, with the reason. Its clock runs on."""
    if by.user is None:
        raise RefusedError("This needs the name of a person: sign in and do it there.")
    task = Task.objects.select_for_update(of=("self",)).select_related("owner").get(pk=task.pk)
    still(task_stands(task))
    if task.closed_at is not None:
        raise RefusedError(f"{task.closed_by} closed this task already.")
    if to == task.owner:
        raise RefusedError(f"{to} has this task already. Choose another person.", field="to")
    require_not_opener(task, to, "to")
    if to not in may_hold():
        raise RefusedError("Choose somebody in care who works here now.", field="to")
    if not reason.strip():
        raise RefusedError("Say why it goes to somebody else.", field="reason")
    made = HandOver.objects.create(
        task=task,
        from_person=task.owner,
        to_person=to,
        reason=reason.strip(),
        handed_by=by.user,
        handed_at=now,
    )
    task.owner = to
    task.save(update_fields=["owner"])
    notify("today")
    return made


def require_not_opener(task: Task, person: User, field: str | None = None) -> None:
    """Nobody looks at what they opened alone themselves."""
    if task.kind == ALONE_REVIEW:
        opening = AloneOpening.objects.get(pk=task.source.partition(":")[2])
        if opening.opened_by_id == person.pk:
            raise RefusedError("Somebody else has to look at what you opened alone.", field=field)


@action("task.close")
def close_task(by: Actor, *, task: Task, outcome: str, now: datetime) -> Task:
    """Close a task with what came of it. Anyone in care may close it, under their own name."""
    if by.user is None:
        raise RefusedError("This needs the name of a person: sign in and close it there.")
    task = Task.objects.select_for_update().get(pk=task.pk)
    still(task_stands(task))
    if task.closed_at is not None:
        raise RefusedError(f"{task.closed_by} closed this task already.")
    require_not_opener(task, by.user)
    if not outcome.strip():
        raise RefusedError("Say what was done and what came of it.", field="outcome")
    task.closed_at, task.closed_by, task.outcome = now, by.user, outcome.strip()
    task.save(update_fields=["closed_at", "closed_by", "outcome"])
    notify("today")
    return task
