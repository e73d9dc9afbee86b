"""Pages of a course: its start, its overview, its therapy visits, its end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import RefusedError
from mooring.clinic.courses import actions, care, orders, repeating
from mooring.clinic.courses.forms import CourseForm, ReasonForm, TherapyVisitForm, put_refusal
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.doors import allow
from mooring.clinic.people.models import Patient
from mooring.clinic.people.record_state import record_holds
from mooring.clinic.screening.decided import standing
from mooring.clinic.web import actor, now
from mooring.core import evidence
from mooring.core.protocols import regimens


@allow("course.start")
@require_http_methods(["GET", "POST"])
def course_new(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Start a course, or say what has to come first."""
    patient = get_object_or_404(Patient, pk=patient_id)
    form = CourseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.start_course(
                actor(request), patient=patient, now=now(), **form.cleaned_data
            )
            return redirect("order_new", made.pk)
        except RefusedError as refused:
            put_refusal(form, refused)
    facts = {
        "patient": patient,
        "form": form,
        "care": care.care(),
        "holds": start_holds(patient, now()),
    }
    return render(request, "courses/new.html", facts, status=422 if form.errors else 200)


@allow("course.view")
@require_safe
def course(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """How the course stands against its plan, with everything that belongs to it."""
    shown = course_or_404(course_id)
    return render(request, "courses/course.html", overview(shown, now()))


@allow("course.end")
@require_http_methods(["GET", "POST"])
def course_end(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """End a course, with the reason."""
    shown = course_or_404(course_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_course(actor(request), course=shown, now=now(), **form.cleaned_data)
            return redirect("course", shown.pk)
        except RefusedError as refused:
            put_refusal(form, refused)
    facts = {"course": shown, "patient": shown.patient, "form": form}
    return render(request, "courses/end.html", facts, status=422 if form.errors else 200)


@allow("therapy_visit.record")
@require_http_methods(["GET", "POST"])
def therapy_visit_new(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """Record a visit that was held."""
    shown = course_or_404(course_id)
    form = TherapyVisitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_therapy_visit(
                actor(request), course=shown, now=now(), **form.cleaned_data
            )
            return redirect("course", shown.pk)
        except RefusedError as refused:
            put_refusal(form, refused)
    facts = {"course": shown, "patient": shown.patient, "form": form}
    return render(request, "courses/visit_new.html", facts, status=422 if form.errors else 200)


def course_or_404(course_id: UUID) -> Course:
    """The course with its patient and prescriber."""
    rows = Course.objects.select_related("patient", "prescriber", "screening")
    return get_object_or_404(rows, pk=course_id)


def start_holds(patient: Patient, moment: datetime) -> tuple[str, ...]:
    """Why no course can start now, in words; empty when nothing stands against it."""
    decided = standing(patient, clinic_day(moment)).holds
    held = [hold.text for hold in (*record_holds(patient), *decided)]
    try:
        actions.require_no_open_course(patient)
    except RefusedError as refused:
        held.extend(refused.reasons)
    return tuple(held)


def overview(shown: Course, moment: datetime) -> dict[str, Any]:
    """What the course page says at that moment."""
    visits = list(shown.therapy_visits.select_related("therapist"))
    last = repeating.last_order(shown.patient)
    return {
        **against_the_plan(shown, len(visits), moment),
        "course": shown,
        "patient": shown.patient,
        "indication": care.indication(shown.indication),
        "model": care.model_of_care(shown.model_of_care),
        "orders": [order_line(order, moment) for order in shown.orders.select_related("signed_by")],
        "visits": visits,
        "last_order": last,
        "repeat_query": repeating.query(last) if last else "",
        "sessions": shown.sessions.select_related("sitter", "order"),
    }


def against_the_plan(shown: Course, visits: int, moment: datetime) -> dict[str, Any]:
    """The plan of the course and how it stands; empty where no plan counts its sessions."""
    if shown.regimen == actions.NO_PLAN:
        return {}
    policy = regimens.load(shown.regimen, shown.regimen_version or None)
    today = clinic_day(moment)
    if isinstance(policy, regimens.PhasedPolicy):
        days = days_of(shown, order__drug=policy.drug, order__route=policy.route)
        stands = regimens.phased_progress(policy, days, max([today, *days]))
        return {"policy": policy, "phased": stands}
    # The series counts infusions: what went in by another route is not one.
    days = days_of(shown, order__kind="infusion")
    progress = regimens.progress(policy, days, visits, max([today, *days]))
    sides = [evidence.load().disagreement(name) for name in policy.non_response.disagreements]
    return {"policy": policy, "progress": progress, "sides": sides}


def days_of(shown: Course, **given: str) -> list[date]:
    """The days of the sessions that are over, of those whose order is so."""
    ended = shown.sessions.filter(ended_at__isnull=False, **given)
    return [clinic_day(session.started_at) for session in ended if session.started_at]


def order_line(order: Order, moment: datetime) -> dict[str, Any]:
    """An order as one line of the course page."""
    return {
        "order": order,
        "sentence": order.as_written.sentence(),
        "holds": orders.use_holds(order, clinic_day(moment)),
    }
