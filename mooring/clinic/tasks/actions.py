"""Writes of tasks: one is opened for a named person, and closed with an outcome."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.live.hub import notify
from mooring.clinic.people.models import Patient
from mooring.clinic.tasks.models import Task


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
    now: datetime,
) -> Task:
    """Give a named person something to do.

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
        },
    )
    notify("today")
    return task


@action("task.close")
def close_task(by: Actor, *, task: Task, outcome: str, now: datetime) -> Task:
    """Close a task with what came of it. Anyone in care may close it, under their own name."""
    if by.user is None:
        raise RefusedError("This needs the name of a person: sign in and close it there.")
    task = Task.objects.select_for_update().get(pk=task.pk)
    if task.closed_at is not None:
        raise RefusedError(f"{task.closed_by} closed this task already.")
    if not outcome.strip():
        raise RefusedError("Say what was done and what came of it.", field="outcome")
    task.closed_at, task.closed_by, task.outcome = now, by.user, outcome.strip()
    task.save(update_fields=["closed_at", "closed_by", "outcome"])
    notify("today")
    return task
