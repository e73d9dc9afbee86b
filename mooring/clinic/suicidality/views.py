"""A patient's suicidality page: the tier, what it sets in motion, the screener, the safety plan."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.second import SecondPerson, confirm
from mooring.clinic.doors import allow
from mooring.clinic.people.models import Patient
from mooring.clinic.permissions import allowed
from mooring.clinic.suicidality import actions
from mooring.clinic.suicidality.forms import OpeningForm, PlanForm, ScreenerForm, TierForm
from mooring.clinic.suicidality.models import Setting
from mooring.clinic.suicidality.pack import text_pack
from mooring.clinic.suicidality.tiers import PatientTier, tier_of
from mooring.clinic.web import actor, now
from mooring.core.datafiles import DataFileError
from mooring.core.measures import SKELETONS
from mooring.core.protocols.suicidality import load

Write = Callable[[HttpRequest, Patient, Any], object]


@allow("suicidality.enter")
@require_http_methods(["GET", "HEAD", "POST"])
def suicidality(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Read the tier and enter another; each form on the page says which of them it is."""
    patient = get_object_or_404(Patient, pk=patient_id)
    pack, pack_problem = loaded_pack()
    sent = request.POST.get("form", "") if request.method == "POST" else ""
    all_forms = every_form(request, sent, pack)
    form = all_forms.get(sent)
    if form is not None and form.is_valid():
        try:
            WRITES[sent](request, patient, form)
            return redirect("suicidality", patient.pk)
        except RefusedError as refused:
            field = refused.field if refused.field in form.fields else None
            form.add_error(field, list(refused.reasons))
    shown = {**page(request, patient), **all_forms, "pack": pack, "pack_problem": pack_problem}
    status = 422 if form is not None and form.errors else 200
    return render(request, "suicidality/page.html", shown, status=status)


def loaded_pack() -> tuple[Any, str]:
    """The clinic's licensed text, and why it cannot be used where it does not fit."""
    try:
        return text_pack(), ""
    except DataFileError as problem:
        return None, str(problem)


def every_form(request: HttpRequest, sent: str, pack: Any) -> dict[str, forms.Form]:
    """The forms of the page; the one that was sent carries what was typed."""
    typed = {name: request.POST if sent == name else None for name in WRITES}
    return {
        "tier_form": TierForm(typed["tier_form"]),
        "screener_form": ScreenerForm(SKELETONS[load().screener], pack, typed["screener_form"]),
        "plan_form": PlanForm(typed["plan_form"]),
        "opening_form": OpeningForm(typed["opening_form"]),
    }


def page(request: HttpRequest, patient: Patient) -> dict[str, Any]:
    """What the page shows of the patient."""
    moment = now()
    tier = tier_of(patient, moment)
    plans = list(patient.safety_plans.select_related("written_by"))
    return {
        "patient": patient,
        "tier": tier,
        "policy": load(),
        "skeleton": SKELETONS[load().screener],
        "entries": patient.tier_entries.select_related("entered_by"),
        "openings": patient.tier_openings.select_related("opened_by", "second_person", "tier"),
        "plan_stands": actions.safety_plan_stands(patient),
        "plan": plans[0] if plans else None,
        "older_plans": plans[1:],
        "plan_overdue": bool(plans) and plans[0].review_on < clinic_day(moment),
        "may_open": allowed(actor(request).roles, "suicidality.open") and opens(tier),
    }


def opens(tier: PatientTier) -> bool:
    """True where the tier holds something that two people can open: an unknown one opens nothing,
    nor one that has no reasons yet."""
    return tier.path.group == "second_person" and not tier.without_reasons


def enter(request: HttpRequest, patient: Patient, form: TierForm) -> object:
    """Keep a judgement."""
    return actions.enter_tier(actor(request), patient=patient, now=now(), **form.cleaned_data)


def screen(request: HttpRequest, patient: Patient, form: ScreenerForm) -> object:
    """Keep the screener's answers."""
    return actions.screen(actor(request), patient=patient, answers=form.answers(), now=now())


def write_plan(request: HttpRequest, patient: Patient, form: PlanForm) -> object:
    """Keep a safety plan."""
    return actions.write_plan(actor(request), patient=patient, now=now(), **form.cleaned_data)


def open_setting(request: HttpRequest, patient: Patient, form: OpeningForm) -> object:
    """Open what the tier holds, with the second person's own password where one is needed."""
    given, second = form.cleaned_data, None
    if given["setting"] != Setting.START:
        if given["second_username"] == request.user.get_username():
            raise RefusedError("Someone other than you has to confirm.", field="second_username")
        user = confirm(request, given["second_username"], given["second_password"])
        second = SecondPerson(user, given["second_reason"])
    return actions.open_setting(
        actor(request),
        patient=patient,
        setting=given["setting"],
        reason=given["reason"],
        second=second,
        now=now(),
    )


WRITES: dict[str, Write] = {
    "tier_form": enter,
    "screener_form": screen,
    "plan_form": write_plan,
    "opening_form": open_setting,
}
