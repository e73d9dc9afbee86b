"""Who a patient is: the page that corrects it, with what stood there before."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mooring.clinic import web
from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.once.submission import STOOD
from mooring.clinic.people.actions import Identity
from mooring.clinic.people.entry_forms import IdentityForm
from mooring.clinic.people.forms import add_refusal
from mooring.clinic.people.identity import correct_identity
from mooring.clinic.people.identity_words import changes_of
from mooring.clinic.people.models import Patient
from mooring.clinic.people.stood import identity_stands


@allow("patient.view")
@require_safe
def identity_history(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Each correction of who this patient is: from, to, by whom, when and why."""
    patient = get_object_or_404(Patient, pk=patient_id)
    facts = {"patient": patient, "changes": changes_of(patient)}
    return render(request, "people/identity_history.html", facts)


@allow("identity.correct")
@require_http_methods(["GET", "HEAD", "POST"])
def identity_correct(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Correct names, birth date, sex, record number, telephone and whom to call."""
    patient = get_object_or_404(Patient, pk=patient_id)
    form = IdentityForm(request.POST or None, initial=_stands(patient))
    if request.method == "POST" and form.is_valid() and _saved(request, patient, form):
        messages.success(request, "Corrected. What stood there stays readable.", extra_tags="met")
        return redirect("patient", patient.pk)
    patient.refresh_from_db()
    facts = {"patient": patient, "form": form, "stands": identity_stands(patient)}
    return render(
        request, "people/identity_correct.html", facts, status=422 if form.errors else 200
    )


def _stands(patient: Patient) -> dict[str, Any]:
    """What the form opens with."""
    names = Identity.__dataclass_fields__
    stands = {name: getattr(patient, name) for name in names}
    return {**stands, "sex": patient.sex or "", "seen": patient.identity_changes.count()}


def _saved(request: HttpRequest, patient: Patient, form: IdentityForm) -> bool:
    values = {**form.cleaned_data, "sex": form.cleaned_data["sex"] or None}
    more = {name: values.pop(name) for name in ("why", "seen", "another_person")}
    if request.POST.get(STOOD) == identity_stands(patient).mark:
        # Read again since, and decided on: see `still`.
        more["seen"] = patient.identity_changes.count()
    try:
        correct_identity(
            web.actor(request), patient=patient, identity=Identity(**values), now=web.now(), **more
        )
    except RefusedError as refusal:
        if refusal.field == "another_person":
            form.offer_another_person()
        add_refusal(form, refusal)
    except IntegrityError:
        form.add_error("identifier", "Someone else took this record number a moment ago.")
    else:
        return True
    return False
