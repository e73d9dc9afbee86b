"""What staff see of a patient's scales: what is open, what was answered, a link to hand over."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from mooring.clinic.actions import Actor, RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.measures import qr
from mooring.clinic.measures.actions import assign, plan_baseline, renew_link
from mooring.clinic.measures.completeness import completeness
from mooring.clinic.measures.models import Assignment, Response
from mooring.clinic.measures.reading import Line, item_by_item, lines, of, score_of
from mooring.clinic.measures.schedule import MEASURE, WINDOWS
from mooring.clinic.measures.self_harm import task_about
from mooring.clinic.measures.standing import Standing, standing
from mooring.clinic.people.models import Patient
from mooring.clinic.web import actor, now
from mooring.core.measures import MEASURES


@allow("measure.view")
@require_http_methods(["GET", "HEAD"])
def scales(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """All scales of one patient: open, ahead, answered, missed."""
    patient = get_object_or_404(Patient, pk=patient_id)
    found = lines(patient, now())
    facts = {
        "patient": patient,
        "measure": MEASURES[MEASURE],
        "completeness": completeness((line.assignment for line in found), now()),
        "open": of(found, Standing.OPEN),
        "ahead": sorted(of(found, Standing.AHEAD), key=lambda line: line.assignment.due_at),
        "answered": of(found, Standing.ANSWERED),
        "missed": of(found, Standing.MISSED),
        "cancelled": of(found, Standing.CANCELLED),
    }
    return render(request, "measures/scales.html", facts)


@allow("measure.assign")
@require_POST
def assignment_new(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Ask for the scale now, and show the link to hand over."""
    patient = get_object_or_404(Patient, pk=patient_id)
    moment = now()
    made = ask_now(actor(request), patient, moment)
    if not made.token:
        made = renew_link(actor(request), assignment=made, now=moment)
    return show_link(request, made)


@allow("measure.assign")
@require_POST
def assignment_link(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """Make a new link for an open scale and show it, this once."""
    assignment = get_object_or_404(Assignment.objects.select_related("patient"), pk=assignment_id)
    try:
        return show_link(request, renew_link(actor(request), assignment=assignment, now=now()))
    except RefusedError as refused:
        messages.warning(request, str(refused), extra_tags="caution")
        return redirect("scales", assignment.patient_id)


@allow("measure.view")
@require_http_methods(["GET", "HEAD"])
def response(request: HttpRequest, response_id: UUID) -> HttpResponse:
    """One answered scale, item by item."""
    found = get_object_or_404(
        Response.objects.select_related("assignment__patient"), pk=response_id
    )
    patient = found.assignment.patient
    facts = {
        "patient": patient,
        "response": found,
        "line": Line(found.assignment, Standing.ANSWERED),
        "measure": MEASURES[found.assignment.measure],
        "score": score_of(found),
        "items": item_by_item(found),
        "task": task_about(found.assignment),
    }
    return render(request, "measures/response.html", facts)


def ask_now(by: Actor, patient: Patient, moment: datetime) -> Assignment:
    """The scale that is open now, or a new one: a baseline before the first session."""
    for asked in patient.assignments.filter(measure=MEASURE, cancelled_at=None):
        if standing(asked, moment) is Standing.OPEN:
            return asked
    course = patient.courses.filter(ended_at=None).first()
    if course and not course.sessions.filter(started_at__isnull=False).exists():
        return plan_baseline(by, course=course, now=moment)
    return assign(
        by,
        patient=patient,
        measure=MEASURE,
        occasion="weekly",
        due_at=moment,
        expires_at=moment + WINDOWS["weekly"].after,
        course=course,
        now=moment,
    )


def show_link(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """The personal link as text and as a picture; it cannot be shown again."""
    link = request.build_absolute_uri(reverse("answer", args=[assignment.token]))
    facts = {
        "patient": assignment.patient,
        "line": Line(assignment, standing(assignment, now())),
        "link": link,
        "picture": qr.svg(link),
    }
    return render(request, "measures/link.html", facts)
