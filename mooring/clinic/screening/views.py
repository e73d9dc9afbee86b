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
from mooring.clinic.courses import care
from mooring.clinic.doors import allow
from mooring.clinic.people.forms import add_refusal
from mooring.clinic.people.models import Patient
from mooring.clinic.permissions import allowed
from mooring.clinic.screening import actions, interview
from mooring.clinic.screening.decided import standing
from mooring.clinic.screening.findings import grouped, shown_as
from mooring.clinic.screening.forms import DecisionForm, PlanForm, SideForm
from mooring.clinic.screening.intake import intake
from mooring.clinic.screening.models import Decision, ScreeningPlan, SideTaken
from mooring.clinic.screening.sides import all_followed, followed
from mooring.clinic.screening.standing import (
    chosen_plan,
    fingerprint,
    plan_stands,
    screen,
    the_policy,
)


@allow("screening.view")
@require_safe
def screening(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """The verdict, the findings behind it, the decisions so far, and the decision to make."""
    patient = get_object_or_404(Patient, pk=patient_id)
    return render(request, "screening/screening.html", _page(patient))


def _page(
    patient: Patient, form: DecisionForm | None = None, plan_form: PlanForm | None = None
) -> dict[str, Any]:
    """What the screening page shows. The form always carries the findings as shown here."""
    today = clinic_day(web.now())
    stands, plan = standing(patient, today), chosen_plan(patient)
    policy, found = the_policy(plan), screen(patient, today)
    sides = followed(policy)
    seen = fingerprint(found)
    form = form or DecisionForm(initial={"seen": seen})
    if form.is_bound:
        form.data = {**form.data.dict(), "seen": seen}  # type: ignore[attr-defined]
    return {
        "patient": patient,
        "plan": plan and in_words(plan),
        "plan_stands": plan_stands(patient),
        "plan_form": plan_form or PlanForm(initial=plan and typed_plan(plan)),
        "policy": policy,
        "followed": sides,
        "chosen_sides": [each for each in sides if each.chosen],
        "screening": found,
        "stands": stands,
        "new": [(each, shown_as(each.finding, policy)) for each in stands.new],
        "groups": grouped(found, policy),
        "decisions": patient.decisions.select_related("decided_by"),
        "form": form,
    }


def typed_plan(plan: ScreeningPlan) -> dict[str, str]:
    """A plan as the form holds it."""
    return {
        "way": f"{plan.drug}.{plan.route}",
        "indication": plan.indication,
        "model_of_care": plan.model_of_care,
    }


def in_words(plan: ScreeningPlan) -> str:
    """For example "KETAmine, intravenous infusion · Depression · Intravenous infusion"."""
    names = (
        f"{plan.plan.drug.display}, {plan.plan.route.display}",
        care.indication(plan.indication).name,
        care.model_of_care(plan.model_of_care).name,
    )
    return " · ".join(names)


@allow("screening.answer")
@require_POST
def screening_plan(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Choose what the patient is screened for; the page comes back under its policy."""
    patient = get_object_or_404(Patient, pk=patient_id)
    form = PlanForm(request.POST)
    if form.is_valid():
        values = dict(form.cleaned_data)
        drug, _, route = values.pop("way").partition(".")
        try:
            actions.choose_plan(
                web.actor(request), patient=patient, drug=drug, route=route, now=web.now(), **values
            )
        except RefusedError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("screening", patient.pk)
    page = _page(patient, plan_form=form)
    return render(request, "screening/screening.html", page, status=422)


@allow("clinic.change")
@require_http_methods(["GET", "HEAD", "POST"])
def screening_sides(request: HttpRequest) -> HttpResponse:
    """Where the sources differ: which side this clinic follows, and choosing another."""
    name = request.POST.get("disagreement", "")
    status, forms = 200, {}
    for each in all_followed():
        is_this = request.method == "POST" and each.choice.disagreement == name
        initial = {"disagreement": each.choice.disagreement, "side": each.side.id}
        form = SideForm(request.POST if is_this else None, initial=initial, choice=each.choice)
        if is_this and form.is_valid():
            try:
                actions.take_side(web.actor(request), now=web.now(), **form.cleaned_data)
            except RefusedError as refusal:
                add_refusal(form, refusal)
            else:
                messages.success(request, "Kept. Screening follows it from now.", extra_tags="met")
                return redirect("screening_sides")
        status = 422 if form.errors else status
        forms[each.choice.disagreement] = (each, form)
    facts = {"sides": forms.values(), "rows": SideTaken.objects.select_related("taken_by")}
    return render(request, "screening/sides.html", facts, status=status)


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
    """The interview. What can be saved is saved, also where something else has a problem."""
    patient = get_object_or_404(Patient, pk=patient_id)
    by, now, data, problems = web.actor(request), web.now(), None, {}
    adds = allowed(by.roles, "record.change")
    if request.method == "POST":
        data = request.POST.dict()
        problems = interview.save(by, patient, data, now)
    beside = intake(patient, by, data if adds else None, now=now)
    if data is not None and not problems and not beside.problems:
        return redirect("screening", patient.pk)
    count = len(problems) + beside.problems
    context = {
        "patient": patient,
        "policy": the_policy(chosen_plan(patient)),
        "asked": interview.interview(patient, now, data, problems),
        "intake": beside.parts if adds else (),
        "problems": count,
    }
    return render(request, "screening/interview.html", context, status=409 if count else 200)
