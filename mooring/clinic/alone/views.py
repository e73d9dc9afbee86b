"""The owner's page of when nobody else is on duty, and of what was opened alone."""

from __future__ import annotations

import calendar
from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.alone import actions
from mooring.clinic.alone.models import AloneOpening, AloneStatement
from mooring.clinic.courses.second import ROLES
from mooring.clinic.doors import allow
from mooring.clinic.people.fields import Words
from mooring.clinic.tasks.models import ALONE_REVIEW, Task
from mooring.clinic.web import actor, now

DAYS = list(enumerate(calendar.day_name))


def day_field(label: str) -> forms.DateField:
    """A day, by the browser's own picker."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))


def time_field(label: str) -> forms.TimeField:
    """A time of the day, by the browser's own picker."""
    return forms.TimeField(label=label, widget=forms.TimeInput({"type": "time"}, "%H:%M"))


class AloneForm(forms.Form):
    """When, why, and who looks at it afterwards."""

    first_day = day_field("From")
    last_day = day_field("Until, this day too")
    weekdays = forms.TypedMultipleChoiceField(
        label="On", choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    from_time = time_field("Between")
    until_time = time_field("and")
    reason = Words(
        label="Why nobody else is on duty",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reviewer = forms.ModelChoiceField(
        label="Who looks at it afterwards",
        queryset=User.objects.none(),
        help_text="A prescriber or nurse elsewhere, with an account here. It is a task on their"
        " list, and they cannot be the one who opened it.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = cast(Any, self.fields["reviewer"])
        field.queryset = reviewers()


def reviewers() -> QuerySet[User]:
    """Who may look at what was opened alone."""
    found = User.objects.filter(is_active=True, assignments__role__in=ROLES)
    return found.distinct().order_by("display_name")


@allow("clinic.change")
@require_http_methods(["GET", "POST"])
def alone(request: HttpRequest) -> HttpResponse:
    """State it, see what stands, and what still waits to be looked at."""
    today = clinic_day(now())
    begun = {"first_day": today, "last_day": today, "weekdays": [day for day, _ in DAYS],
             "from_time": "08:00", "until_time": "18:00"}  # fmt: skip
    form = AloneForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            actions.state_alone(actor(request), now=now(), **form.cleaned_data)
        except RefusedError as refused:
            form.add_error(refused.field, list(refused.reasons))
        else:
            messages.success(request, "Stated, with your name.", extra_tags="met")
            return redirect("alone")
    rows = AloneStatement.objects.select_related("reviewer", "stated_by")
    facts = {"form": form, "statements": rows, "openings": openings(), "today": today}
    return render(request, "alone/alone.html", facts, status=422 if form.errors else 200)


def openings() -> list[tuple[AloneOpening, Task | None]]:
    """What was opened alone, with its task; those that wait first."""
    rows = AloneOpening.objects.select_related("opened_by", "statement__reviewer")
    tasks = {task.source: task for task in Task.objects.filter(kind=ALONE_REVIEW)}
    found = [(row, tasks.get(f"alone.AloneOpening:{row.pk}")) for row in rows]
    return sorted(found, key=lambda pair: pair[1] is not None and pair[1].closed_at is not None)


@allow("clinic.change")
@require_POST
def alone_end(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """End a statement before its day."""
    row = AloneStatement.objects.filter(pk=statement_id).first()
    if row is None:
        messages.error(request, "There is no such statement.", extra_tags="stop")
        return redirect("alone")
    try:
        actions.end_alone(actor(request), statement=row, now=now())
    except RefusedError as refused:
        messages.error(request, str(refused), extra_tags="stop")
    return redirect("alone")
