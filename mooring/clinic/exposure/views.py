"""The page of a patient's exposure and watch, and the forms that add to the watch."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mooring.clinic import web
from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.exposure import actions, drawing
from mooring.clinic.exposure.forms import LookForm, ReviewForm, WithdrawForm
from mooring.clinic.exposure.models import WatchEntry
from mooring.clinic.exposure.reading import POLICY, organs
from mooring.clinic.people.forms import add_refusal
from mooring.clinic.people.models import Patient
from mooring.clinic.prescriptions import standing
from mooring.clinic.sessions.given import doses_given
from mooring.core.drugs.exposure import beside, comparators
from mooring.core.drugs.exposure import exposure as sums
from mooring.core.protocols.watch import Organ, Result


@allow("exposure.view")
@require_safe
def exposure(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """What was given, beside published amounts, and how the four organs stand."""
    patient = get_object_or_404(Patient, pk=patient_id)
    moment = web.now()
    doses = doses_given(patient, moment)
    total = sums(doses, until=clinic_day(moment))
    facts = {
        "patient": patient,
        "exposure": total,
        "drawn": [drawing.DrawnBeside(one) for drug in total.drugs for one in beside(drug)],
        "ticks": drawing.ticks(),
        "comparators": comparators(),
        "home": standing.at_home(patient),
        "elsewhere": patient.medications.filter(text__icontains="ketamine"),
        "policy": POLICY,
        "organs": organs(patient, doses, moment),
        "entries": patient.watch_entries.select_related("recorded_by", "corrected_by"),
        "titles": titles(),
    }
    return render(request, "exposure/exposure.html", facts)


@allow("watch.record")
@require_http_methods(["GET", "HEAD", "POST"])
def look_new(request: HttpRequest, patient_id: UUID, item: str) -> HttpResponse:
    """Write down one look."""
    patient = get_object_or_404(Patient, pk=patient_id)
    if item not in POLICY.items:
        raise Http404(item)
    form = LookForm(request.POST or None, initial={"taken_on": clinic_day(web.now())})
    return _looked(request, patient, item, form, None)


@allow("watch.record")
@require_http_methods(["GET", "HEAD", "POST"])
def look_correct(request: HttpRequest, patient_id: UUID, entry_id: UUID) -> HttpResponse:
    """Write down what takes the place of an entry; the entry itself stays as it is."""
    patient = get_object_or_404(Patient, pk=patient_id)
    entry = get_object_or_404(WatchEntry, pk=entry_id, patient=patient, item__in=POLICY.items)
    before = {"taken_on": entry.taken_on, "result": entry.result, "words": entry.words}
    form = LookForm(request.POST or None, correcting=True, initial=before)
    return _looked(request, patient, entry.item, form, entry)


@allow("watch.review")
@require_http_methods(["GET", "HEAD", "POST"])
def organ_review(request: HttpRequest, patient_id: UUID, organ: str) -> HttpResponse:
    """Write down that a prescriber looked at a finding."""
    patient = get_object_or_404(Patient, pk=patient_id)
    if organ not in list(Organ):
        raise Http404(organ)
    form = ReviewForm(request.POST or None, initial={"taken_on": clinic_day(web.now())})

    def save() -> None:
        actions.record_review(
            web.actor(request),
            patient=patient,
            organ=Organ(organ),
            now=web.now(),
            **form.cleaned_data,
        )

    title = f"Review: {titles()[f'{organ}_review']}"
    return _form(request, patient, form, save, {"title": title})


@allow("watch.review")
@require_http_methods(["GET", "HEAD", "POST"])
def review_withdraw(request: HttpRequest, patient_id: UUID, entry_id: UUID) -> HttpResponse:
    """Take back a review that was written by mistake."""
    patient = get_object_or_404(Patient, pk=patient_id)
    reviews = [organ.review for organ in POLICY.organs]
    entry = get_object_or_404(WatchEntry, pk=entry_id, patient=patient, item__in=reviews)
    form = WithdrawForm(request.POST or None)

    def save() -> None:
        actions.withdraw_review(web.actor(request), entry=entry, now=web.now(), **form.cleaned_data)

    title = f"Take back the review: {titles()[entry.item]}"
    return _form(request, patient, form, save, {"title": title, "corrects": entry})


def titles() -> dict[str, str]:
    """Items and reviews in words."""
    items = {item.id: item.title for item in POLICY.items.values()}
    return items | {organ.review: organ.title for organ in POLICY.organs}


def _looked(
    request: HttpRequest, patient: Patient, item: str, form: LookForm, corrects: WatchEntry | None
) -> HttpResponse:
    def save() -> None:
        values = {**form.cleaned_data, "result": Result(form.cleaned_data["result"])}
        actions.record_look(
            web.actor(request),
            patient=patient,
            item=item,
            corrects=corrects,
            now=web.now(),
            **values,
        )

    facts = {"title": POLICY.items[item].title, "item": POLICY.items[item], "corrects": corrects}
    return _form(request, patient, form, save, facts)


def _form(
    request: HttpRequest, patient: Patient, form: forms.Form, save: Any, facts: dict[str, Any]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except RefusedError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Saved to the watch.", extra_tags="met")
            return redirect("exposure", patient.pk)
    status = 422 if form.errors else 200
    facts = {**facts, "form": form, "patient": patient}
    return render(request, "exposure/entry.html", facts, status=status)
