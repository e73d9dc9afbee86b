"""Pages of screening: the findings, the interview, the decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mooring.clinic import web
from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.people.forms import add_refusal
from mooring.clinic.people.models import Patient
from mooring.clinic.screening import actions, interview
from mooring.clinic.screening.decided import standing
from mooring.clinic.screening.findings import grouped, shown_as
from mooring.clinic.screening.forms import DecisionForm
from mooring.clinic.screening.models import Decision
from mooring.clinic.screening.standing import fingerprint, the_policy


@allow("screening.view")
@require_safe
def screening(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """The verdict, the findings behind it, the decisions so far, and the decision to make."""
    patient = get_object_or_404(Patient, pk=patient_id)
    web.opened(request, patient, "screening")
    return render(request, "screening/screening.html", _page(patient))


def _page(patient: Patient, form: DecisionForm | None = None) -> dict[str, Any]:
    """What the screening page shows. The form always carries the findings as shown here."""
    stands = standing(patient, clinic_day(web.now()))
    found = stands.screening
    seen = fingerprint(found)
    form = form or DecisionForm(initial={"seen": seen})
    if form.is_bound:
        form.data = {**form.data.dict(), "seen": seen}  # type: ignore[attr-defined]
    return {
        "patient": patient,
        "policy": the_policy(),
        "screening": found,
        "stands": stands,
        "new": [(each, shown_as(each.finding, the_policy())) for each in stands.new],
        "groups": grouped(found, the_policy()),
        "decisions": patient.decisions.select_related("decided_by"),
        "form": form,
    }


@allow("screening.decide")
@require_POST
def screening_decide(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Sign the decision, or show the findings anew with the reason why not."""
    patient = get_object_or_404(Patient, pk=patient_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            actions.decide(web.actor(request), patient=patient, now=web.now(), **form.cleaned_data)
        except RefusedError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "The decision is signed.", extra_tags="met")
            return after_deciding(patient)
    web.opened(request, patient, "screening")
    return render(request, "screening/screening.html", _page(patient, form), status=409)


def after_deciding(patient: Patient) -> HttpResponse:
    """On to a course, where that was decided and none goes on; else back to the findings."""
    newest = patient.decisions.first()
    goes_on = newest is not None and newest.decision == Decision.PROCEED
    if goes_on and not patient.courses.filter(ended_at__isnull=True).exists():
        return redirect("course_new", patient.pk)
    return redirect("screening", patient.pk)


@allow("screening.answer")
@require_http_methods(["GET", "HEAD", "POST"])
def screening_answer(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """The interview. Answers that can be saved are saved, also where another has a problem."""
    patient = get_object_or_404(Patient, pk=patient_id)
    now, data, problems = web.now(), None, {}
    if request.method == "POST":
        data = request.POST.dict()
        problems = interview.save(web.actor(request), patient, data, now)
        if not problems:
            return redirect("screening", patient.pk)
    web.opened(request, patient, "interview")
    context = {
        "patient": patient,
        "policy": the_policy(),
        "asked": interview.interview(patient, now, data, problems),
        "problems": problems,
    }
    return render(request, "screening/interview.html", context, status=409 if problems else 200)
