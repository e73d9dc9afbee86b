"""The page on which a list is asked: none, or gone through."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from mooring.clinic import web
from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.people.fields import Line
from mooring.clinic.people.forms import SOURCE, SOURCE_LENGTH, add_refusal
from mooring.clinic.people.lists import asked_list, say_of_list
from mooring.clinic.people.models import ListName, Patient

KINDS = {ListName.MEDICATIONS: "medication", ListName.ALLERGIES: "allergy"}


class ListForm(forms.Form):
    """Who told it. What is said stands on the button."""

    source = Line(label="Known from", max_length=SOURCE_LENGTH, required=False, help_text=SOURCE)


@allow("record.change")
@require_http_methods(["GET", "HEAD", "POST"])
def list_asked(request: HttpRequest, patient_id: UUID, name: str) -> HttpResponse:
    """Say that there are none, or that the list was gone through and is complete."""
    patient = get_object_or_404(Patient, pk=patient_id)
    if name not in ListName.values:
        raise Http404(name)
    form = ListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            say_of_list(
                web.actor(request),
                patient=patient,
                name=name,
                none=request.POST.get("says") == "none",
                now=web.now(),
                **form.cleaned_data,
            )
        except RefusedError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Saved to the record.", extra_tags="met")
            return redirect(came_from(request, patient))
    stands = asked_list(patient, ListName(name))
    facts = {
        "patient": patient,
        "stands": stands,
        "kind": KINDS[stands.name],
        "form": form,
        "then": request.GET.get("then", ""),
        "rows": patient.list_statements.filter(list=name).select_related("said_by"),
    }
    return render(request, "people/list_asked.html", facts, status=422 if form.errors else 200)


def came_from(request: HttpRequest, patient: Patient) -> str:
    """Back to screening where the question came from there, otherwise to the chart."""
    name = "screening" if request.POST.get("then") == "screening" else "patient"
    return reverse(name, args=[patient.pk])
