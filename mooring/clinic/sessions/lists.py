"""The sessions by day, planning one, calling one off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.forms import put_refusal
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.doors import allow
from mooring.clinic.permissions import Role
from mooring.clinic.sessions import actions
from mooring.clinic.sessions.forms import (
    CancelForm,
    MoveForm,
    PlaceForm,
    ScheduleForm,
    SitterLimitForm,
)
from mooring.clinic.sessions.models import SitterLimit, TreatmentSession
from mooring.clinic.sessions.planning import CLASH, plan_stands
from mooring.clinic.sessions.sitting import by_route, limits_stand, set_sitter_limit
from mooring.clinic.sessions.views import session_or_404
from mooring.clinic.web import actor, listed, now
from mooring.core.drugs.drug import Route

PAST_SHOWN = 60
RUNNING = Q(started_at__isnull=False, signed_at__isnull=True, cancelled_at__isnull=True)
"""Started and not signed: open, whatever day it was planned for."""


@dataclass(frozen=True)
class Day:
    """The sessions of one day."""

    on: date
    sessions: list[TreatmentSession]


@allow("session.view")
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """What runs, from whatever day; today's sessions, those planned, and the newest past ones."""
    today = timezone.localtime(now()).replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = today + timedelta(days=1)
    rows = TreatmentSession.objects.select_related("course__patient", "order", "sitter")
    running = rows.filter(RUNNING)
    others = rows.exclude(RUNNING)
    past = others.filter(scheduled_at__lt=today)
    facts: dict[str, Any] = {
        "running": running.order_by("started_at"),
        "today": others.filter(scheduled_at__gte=today, scheduled_at__lt=tomorrow),
        "coming": by_day(others.filter(scheduled_at__gte=tomorrow)),
        "past": by_day(past.order_by("-scheduled_at")[:PAST_SHOWN]),
        "older": max(0, past.count() - PAST_SHOWN),
    }
    shown = {row.course.patient_id for row in (*running, *facts["today"])}
    shown |= {
        row.course.patient_id for day in (*facts["coming"], *facts["past"]) for row in day.sessions
    }
    listed(request, "sessions", len(shown))
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
    prescriber = Role.PRESCRIBER in actor(request).roles
    form = ScheduleForm(
        course, asked_order(request, course), prescriber, request.POST or None, initial=first
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.schedule(actor(request), now=now(), **form.facts())
            messages.success(request, f"Session {made.number} is planned.", extra_tags="met")
            return redirect("session", made.pk)
        except RefusedError as refused:
            put_place_refusal(form, refused)
    facts = {"course": course, "patient": course.patient, "form": form}
    return render(request, "sessions/new.html", facts, status=422 if form.errors else 200)


def put_place_refusal(form: PlaceForm, refused: RefusedError) -> None:
    """Show a refusal where it belongs; one about a clash brings the field that it asks for."""
    if refused.field == CLASH:
        form.ask_about_the_clash()
    put_refusal(form, refused)


@allow("session.schedule")
@require_http_methods(["GET", "POST"])
def session_move(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Plan a session for another time, room or sitter, with the reason."""
    shown, moment = session_or_404(session_id), now()
    at = moment if request.GET.get("to") == "now" else shown.scheduled_at
    first = {"scheduled_at": at, "room": shown.room, "sitter": shown.sitter}
    form = MoveForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            actions.move(actor(request), session=shown, now=moment, **form.cleaned_data)
            return redirect("session", shown.pk)
        except RefusedError as refused:
            put_place_refusal(form, refused)
    facts = {
        "session": shown, "patient": shown.course.patient, "form": form,
        "stands": plan_stands(shown),
    }  # fmt: skip
    return render(request, "sessions/move.html", facts, status=422 if form.errors else 200)


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
            messages.success(request, "The session is cancelled.", extra_tags="met")
            return redirect("sessions")
        except RefusedError as refused:
            put_refusal(form, refused)
    facts = {
        "session": shown, "patient": shown.course.patient, "form": form,
        "stands": plan_stands(shown),
    }  # fmt: skip
    return render(request, "sessions/cancel.html", facts, status=422 if form.errors else 200)


@allow("clinic.change")
@require_http_methods(["GET", "POST"])
def sitters(request: HttpRequest) -> HttpResponse:
    """How many patients one sitter may have at a time, by route: how it stands, and setting it."""
    form = SitterLimitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_sitter_limit(actor(request), now=now(), **form.cleaned_data)
            return redirect("sitters")
        except RefusedError as refused:
            put_refusal(form, refused)
    facts = {
        "form": form,
        "routes": [(route.display, by_route(route)) for route in Route],
        "stands": limits_stand(),
        "said": SitterLimit.objects.select_related("set_by").order_by("-set_at"),
    }
    return render(request, "sessions/sitters.html", facts, status=422 if form.errors else 200)
