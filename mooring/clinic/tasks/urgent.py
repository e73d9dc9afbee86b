"""Urgent tasks: who holds each of them now. Nothing runs in the background: the time decides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from mooring.clinic.accounts.models import User
from mooring.clinic.tasks.models import ALWAYS_URGENT, Task
from mooring.clinic.tasks.owners import in_turn, newest_course
from mooring.core.protocols.suicidality import also_with, holders, load


@dataclass(frozen=True)
class UrgentTask:
    """An urgent task with the people who hold it at one moment."""

    task: Task
    with_whom: tuple[User, ...]
    """Its owner first, where they still work here; then those it has gone on to."""
    overdue: bool
    next_at: datetime | None
    """When one more person is given it; None when everybody has it."""

    @property
    def gone_on_to(self) -> tuple[User, ...]:
        """The people it has gone on to beside its owner."""
        return tuple(person for person in self.with_whom if person != self.task.owner)

    def held_by(self, user: User) -> bool:
        """True when this person holds it now."""
        return user in self.with_whom


def urgent(task: Task, now: datetime) -> UrgentTask:
    """Who holds the task at `now`."""
    minutes = task.escalates_every or load().escalates_every.value
    every = timedelta(minutes=float(minutes))
    people = [p for p in in_turn(newest_course(task.patient)) if p != task.owner]
    count = also_with(task.due_at, every, len(people), now)
    return UrgentTask(
        task=task,
        with_whom=holders(task.owner, task.owner.is_active, people, count),
        overdue=now >= task.due_at,
        next_at=task.due_at + count * every if count < len(people) else None,
    )


def open_urgent(now: datetime) -> list[UrgentTask]:
    """Every urgent task that is open, the one due first at the top."""
    has_clock = Q(escalates_every__isnull=False) | Q(kind__in=ALWAYS_URGENT)
    tasks = Task.objects.filter(has_clock, closed_at=None)
    return read(tasks.select_related("patient", "owner").order_by("due_at"), now)


def read(tasks: Iterable[Task], now: datetime) -> list[UrgentTask]:
    """Each of these tasks with who holds it."""
    return [urgent(task, now) for task in tasks]


def open_tasks() -> QuerySet[Task]:
    """All open tasks without a clock, the one due first at the top."""
    rows = Task.objects.filter(closed_at=None, escalates_every=None)
    return rows.exclude(kind__in=ALWAYS_URGENT).select_related("patient", "owner")
