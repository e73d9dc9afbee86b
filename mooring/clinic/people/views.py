"""Pages of the patient list, intake, and the chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from mooring.clinic import web
from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.people import actions
from mooring.clinic.people.chart import read_chart
from mooring.clinic.people.forms import (
    AllergyForm,
    BloodPressureForm,
    ConditionForm,
    MeasurementForm,
    MedicationForm,
    PatientForm,
    SearchForm,
    add_refusal,
)
from mooring.clinic.people.models import Patient
from mooring.clinic.restricted import hiding

MOST_ROWS = 100


@allow("patient.view")
@require_http_methods(["GET", "HEAD", "POST"])
def patients(request: HttpRequest) -> HttpResponse:
    """All patients by name, or those that a search finds: sent, so that no address has a name."""
    form = SearchForm(request.POST)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    found = search(wanted) if form.is_valid() else Patient.objects.none()
    closed = Patient.objects.filter(pk__in=hiding.all_hidden())
    found = found.exclude(pk__in=closed)
    rows = list(found[: MOST_ROWS + 1])
    web.listed(request, "patients found" if wanted else "patients", len(rows[:MOST_ROWS]))
    return render(
        request,
        "people/patients.html",
        {
            "form": form,
            "wanted": wanted,
            "patients": rows[:MOST_ROWS],
            "asked": list(closed.filter(identifier__iexact=wanted.strip())) if wanted else [],
            "restricted": closed.count(),
            "more": len(rows) > MOST_ROWS,
            "most": MOST_ROWS,
        },
    )


def search(wanted: str) -> QuerySet[Patient]:
    """Patients whose names or record number hold every word that is wanted."""
    found = Patient.objects.all()
    for word in wanted.replace(",", " ").split():
        found = found.filter(
            Q(family_name__icontains=word)
            | Q(given_name__icontains=word)
            | Q(identifier__icontains=word)
        )
    return found


@allow("patient.create")
@require_http_methods(["GET", "HEAD", "POST"])
def patient_new(request: HttpRequest) -> HttpResponse:
    """Intake by form."""
    form = PatientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        patient = _register(request, form)
        if patient is not None:
            return redirect("screening_answer", patient.pk)
    return render(request, "people/patient_new.html", {"form": form})


def _register(request: HttpRequest, form: PatientForm) -> Patient | None:
    values = {**form.cleaned_data, "sex": form.cleaned_data["sex"] or None}
    another_person = values.pop("another_person")
    try:
        return actions.register_patient(
            web.actor(request),
            actions.Identity(**values),
            another_person=another_person,
            now=web.now(),
        )
    except RefusedError as refusal:
        if refusal.field == "another_person":
            form.offer_another_person()
        add_refusal(form, refusal)
    except IntegrityError:
        form.add_error("identifier", "Someone else took this record number a moment ago.")
    return None


@allow("patient.view")
@require_safe
def patient(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """The chart: what the record holds, from where, and how old it is."""
    found = get_object_or_404(Patient, pk=patient_id)
    today = clinic_day(web.now())
    return render(
        request, "people/patient.html", {"chart": read_chart(found, today), "today": today}
    )


@dataclass(frozen=True)
class Addition:
    """One kind of thing that is added by hand."""

    title: str
    form: type[forms.Form]
    add: Callable[[HttpRequest, Patient, dict[str, Any]], object]


@allow("record.change")
@require_http_methods(["GET", "HEAD", "POST"])
def record_add(request: HttpRequest, patient_id: UUID, kind: str) -> HttpResponse:
    """Add one thing to the record by hand."""
    found = get_object_or_404(Patient, pk=patient_id)
    addition = ADDITIONS.get(kind)
    if addition is None:
        raise Http404(kind)
    form = addition.form(request.POST or None, initial={"taken_at": timezone.localtime()})
    if request.method == "POST" and form.is_valid():
        try:
            addition.add(request, found, form.cleaned_data)
        except RefusedError as refusal:
            if isinstance(form, MeasurementForm) and refusal.field == "doubt_settled":
                form.offer_doubt_settled()
            add_refusal(form, refusal)
        else:
            messages.success(request, "Saved to the record.", extra_tags="met")
            return redirect("patient", found.pk)
    context = {"form": form, "patient": found, "title": addition.title}
    return render(request, "people/record_add.html", context)


def _add_coded(kind: str) -> Callable[[HttpRequest, Patient, dict[str, Any]], object]:
    def add(request: HttpRequest, patient: Patient, values: dict[str, Any]) -> object:
        return actions.add_coded(
            web.actor(request), patient=patient, kind=kind, now=web.now(), **values
        )

    return add


def _add_measurement(request: HttpRequest, patient: Patient, values: dict[str, Any]) -> object:
    measured = values.pop("measured")
    return actions.add_measurement(
        web.actor(request),
        patient=patient,
        code=measured.removesuffix("_lb"),
        pounds=measured.endswith("_lb"),
        now=web.now(),
        **values,
    )


def _add_blood_pressure(request: HttpRequest, patient: Patient, values: dict[str, Any]) -> object:
    # Imported late: the watch reads the charts of this app.
    from mooring.clinic.exposure.actions import add_pressure

    return add_pressure(web.actor(request), patient=patient, now=web.now(), **values)


ADDITIONS = {
    "condition": Addition("Add a condition", ConditionForm, _add_coded("condition")),
    "medication": Addition("Add a medication", MedicationForm, _add_coded("medication")),
    "allergy": Addition("Add an allergy", AllergyForm, _add_coded("allergy")),
    "measurement": Addition("Add a measurement", MeasurementForm, _add_measurement),
    "blood_pressure": Addition("Add a blood pressure", BloodPressureForm, _add_blood_pressure),
}
