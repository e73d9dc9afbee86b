"""The list of tasks, and one task to read and close."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.once.standing import still
from mooring.clinic.people.fields import Words
from mooring.clinic.tasks import actions
from mooring.clinic.tasks.evidence import evidence
from mooring.clinic.tasks.models import Task
from mooring.clinic.tasks.owners import may_hold
from mooring.clinic.tasks.urgent import open_tasks, open_urgent, urgent
from mooring.clinic.web import actor, listed, now

WHO = "Choose who takes it."
RECENT = timedelta(days=7)
"""How long a closed task stays on the list."""


class CloseForm(forms.Form):
    """What came of a task."""

    outcome = Words(
        max_length=2000,
        label="What was done, and what came of it",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what was done and what came of it."},
    )


class HandOverForm(forms.Form):
    """Who is given the task instead, and why."""

    to = forms.ModelChoiceField(
        label="Give it to",
        queryset=User.objects.none(),
        error_messages={"required": WHO, "invalid_choice": WHO},
    )
    reason = Words(
        max_length=2000,
        label="Why it goes to somebody else",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why it goes to somebody else."},
    )

    def __init__(self, task: Task, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(Any, self.fields["to"])
        field.queryset = may_hold().exclude(pk=task.owner_id)


@allow("task.view")
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """Mine first, then everyone's, then those closed in the last days."""
    moment = now()
    shown = lists(cast(User, request.user), moment)
    rows = [*shown["mine"], *shown["others"], *shown["closed"]]
    rows += [each.task for each in shown["urgent"]]
    listed(request, "tasks", len({task.patient_id for task in rows}))
    return render(request, "tasks/tasks.html", shown)


@allow("task.close")
@require_http_methods(["GET", "HEAD", "POST"])
def task_close(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """One task, with the form that closes it."""
    task = get_object_or_404(
        Task.objects.select_related("patient", "owner", "closed_by"), pk=task_id
    )
    form, moment = CloseForm(request.POST or None), now()
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_task(actor(request), task=task, now=moment, **form.cleaned_data)
            return redirect("tasks")
        except RefusedError as refused:
            form.add_error(refused.field, list(refused.reasons))
            task.refresh_from_db()
    return task_page(request, task, form, HandOverForm(task), moment)


@allow("task.close")
@require_POST
def task_hand_over(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Give a task to somebody else."""
    task = get_object_or_404(Task.objects.select_related("patient", "owner"), pk=task_id)
    # Before the form: it no longer offers whom somebody else gave the task to.
    still(actions.task_stands(task))
    form, moment = HandOverForm(task, request.POST), now()
    if form.is_valid():
        try:
            actions.hand_over(actor(request), task=task, now=moment, **form.cleaned_data)
            return redirect("task_close", task.pk)
        except RefusedError as refused:
            form.add_error(refused.field, list(refused.reasons))
            task.refresh_from_db()
    return task_page(request, task, CloseForm(), form, moment)


def task_page(
    request: HttpRequest, task: Task, form: CloseForm, giving: HandOverForm, moment: datetime
) -> HttpResponse:
    """The task with what it stands on, whom to reach, and who holds it."""
    facts = {
        "task": task,
        "stands": actions.task_stands(task),
        "patient": task.patient,
        "form": form,
        "giving": giving,
        "now": moment,
        "urgent": urgent(task, moment) if task.urgent else None,
        "hand_overs": task.hand_overs.select_related("from_person", "to_person", "handed_by"),
        "evidence": evidence(task),
    }
    status = 422 if form.errors or giving.errors else 200
    return render(request, "tasks/task.html", facts, status=status)


def lists(user: User, moment: datetime) -> dict[str, Any]:
    """The lists of the page."""
    closed = Task.objects.filter(closed_at__gte=moment - RECENT).order_by("-closed_at")
    return {
        "now": moment,
        "urgent": open_urgent(moment),
        "user": user,
        "mine": open_tasks().filter(owner=user),
        "others": open_tasks().exclude(owner=user),
        "closed": closed.select_related("patient", "closed_by"),
        "days": RECENT.days,
    }
