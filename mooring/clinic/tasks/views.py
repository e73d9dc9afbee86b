"""The list of tasks, and one task to read and close."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.tasks import actions
from mooring.clinic.tasks.models import Task
from mooring.clinic.web import actor, now, opened

RECENT = timedelta(days=7)
"""How long a closed task stays on the list."""


class CloseForm(forms.Form):
    """What came of a task."""

    outcome = forms.CharField(
        label="What was done, and what came of it",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say what was done and what came of it."},
    )


@allow("task.view")
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """Mine first, then everyone's, then those closed in the last days."""
    moment = now()
    return render(request, "tasks/tasks.html", lists(cast(User, request.user), moment))


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
    opened(request, task.patient, "task")
    facts = {"task": task, "patient": task.patient, "form": form, "now": moment}
    return render(request, "tasks/task.html", facts, status=422 if form.errors else 200)


def open_tasks() -> QuerySet[Task]:
    """All open tasks, the one due first at the top."""
    return Task.objects.filter(closed_at__isnull=True).select_related("patient", "owner")


def lists(user: User, moment: datetime) -> dict[str, Any]:
    """The three lists of the page."""
    closed = Task.objects.filter(closed_at__gte=moment - RECENT).order_by("-closed_at")
    return {
        "now": moment,
        "mine": open_tasks().filter(owner=user),
        "others": open_tasks().exclude(owner=user),
        "closed": closed.select_related("patient", "closed_by"),
        "days": RECENT.days,
    }
