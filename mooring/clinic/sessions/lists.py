"""The sessions by day, planning one, calling one off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.forms import put_refusal
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.doors import allow
from mooring.clinic.sessions import actions
from mooring.clinic.sessions.forms import CancelForm, ScheduleForm
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.sessions.views import session_or_404
from mooring.clinic.web import actor, now, opened

PAST_SHOWN = 60


@dataclass(frozen=True)
class Day:
    """The sessions of one day."""

    on: date
    sessions: list[TreatmentSession]


@allow("session.view")
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Today's sessions, those that are planned, and the newest of the past."""
    today = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = today + timedelta(days=1)
    rows = TreatmentSession.objects.select_related("course__patient", "order", "sitter")
    past = rows.filter(scheduled_at__lt=today)
    facts = {
        "today": rows.filter(scheduled_at__gte=today, scheduled_at__lt=tomorrow),
        "open": past.filter(started_at__isnull=False, signed_at__isnull=True),
        "coming": by_day(rows.filter(scheduled_at__gte=tomorrow)),
        "past": by_day(past.order_by("-scheduled_at")[:PAST_SHOWN]),
        "older": max(0, past.count() - PAST_SHOWN),
    }
    return render(request, "sessions/list.html", facts)


def by_day(rows: QuerySet[TreatmentSession] | Iterable[TreatmentSession]) -> list[Day]:
    """Sessions in their order, under the clinic's calendar days."""
    days = groupby(rows, lambda row: timezone.localtime(row.scheduled_at).date())
    return [Day(on, list(group)) for on, group in days]


@allow("session.schedule")
@require_http_methods(["GET", "POST"])
def session_new(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """Plan the next session of a course."""
    courses = Course.objects.select_related("patient")
    course = get_object_or_404(courses, pk=course_id)
    first = {"scheduled_at": next_hour(now())}
    form = ScheduleForm(course, asked_order(request, course), request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.schedule(actor(request), now=now(), **form.cleaned_data)
            messages.success(request, f"Session {made.number} is planned.", extra_tags="met")
            return redirect("session", made.pk)
        except RefusedError as refused:
            put_refusal(form, refused)
    opened(request, course.patient, "session_new")
    facts = {"course": course, "patient": course.patient, "form": form}
    return render(request, "sessions/new.html", facts, status=422 if form.errors else 200)


def asked_order(request: HttpRequest, course: Course) -> Order | None:
    """The order that the link names; None where it names none of this course that stands."""
    named = request.GET.get("order", "")
    standing = course.orders.filter(withdrawn_at__isnull=True)
    return next((order for order in standing if str(order.pk) == named), None)


def next_hour(moment: datetime) -> datetime:
    """The next full hour, where a form for a new session begins."""
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


@allow("session.schedule")
@require_http_methods(["GET", "POST"])
def session_cancel(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Call a session off, with the reason."""
    shown = session_or_404(session_id)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel(actor(request), session=shown, now=now(), **form.cleaned_data)
            return redirect("sessions")
        except RefusedError as refused:
            put_refusal(form, refused)
    opened(request, shown.course.patient, "session_cancel")
    facts = {"session": shown, "patient": shown.course.patient, "form": form}
    return render(request, "sessions/cancel.html", facts, status=422 if form.errors else 200)
