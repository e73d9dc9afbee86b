"""A patient's own account: what is asked, their own curve, the next session, help in a crisis."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mooring.clinic import openings
from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.measures.actions import start_own
from mooring.clinic.measures.models import Assignment
from mooring.clinic.measures.reading import lines, of
from mooring.clinic.measures.standing import Standing
from mooring.clinic.outcomes.chart import bare_curve
from mooring.clinic.outcomes.reading import outcome_of
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.suicidality.tiers import tier_of
from mooring.clinic.web import actor, now


@allow("own_chart.view")
@require_http_methods(["GET", "HEAD"])
def own_chart(request: HttpRequest) -> HttpResponse:
    """The signed-in patient's own page."""
    key = actor(request).patient
    if key is None:
        return render(request, "measures/no_record.html")
    patient = get_object_or_404(Patient, pk=key)
    moment = now()
    openings.opened(request, patient.pk)
    found = lines(patient, moment)
    outcome = outcome_of(patient, moment)
    ahead = sorted(of(found, Standing.AHEAD), key=lambda line: line.assignment.due_at)
    tier = tier_of(patient, moment)
    facts = {
        "patient": patient,
        "crisis_first": tier.path.crisis_help_first,
        "plan": patient.safety_plans.first(),
        "open": of(found, Standing.OPEN),
        "next_scale": ahead[0] if ahead else None,
        "next_session": next_session(patient, moment),
        # Without the lines of the definitions: nothing here to fall short of.
        "curve": bare_curve(outcome),
        "points": outcome.summary.points,
    }
    return render(request, "measures/own_chart.html", facts)


@allow("own_chart.view")
@require_POST
def own_start(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """Start one of the patient's own scales, on the same pages as a personal link."""
    by = actor(request)
    assignment = get_object_or_404(Assignment, pk=assignment_id, patient=by.patient)
    try:
        return redirect("answer", start_own(by, assignment=assignment, now=now()).token)
    except RefusedError as refused:
        messages.warning(request, str(refused), extra_tags="caution")
        return redirect("own_chart")


def next_session(patient: Patient, moment: datetime) -> TreatmentSession | None:
    """The earliest session that is still ahead."""
    ahead = TreatmentSession.objects.filter(
        course__patient=patient, cancelled_at=None, started_at=None, scheduled_at__gte=moment
    )
    return ahead.order_by("scheduled_at").first()
