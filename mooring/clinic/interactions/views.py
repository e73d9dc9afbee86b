"""The page of a patient's interactions. It writes nothing but that the chart was opened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mooring.clinic.doors import allow
from mooring.clinic.interactions.forms import PlannedForm
from mooring.clinic.interactions.reading import (
    POLICY,
    Planned,
    medication_list,
    standing_order,
)
from mooring.clinic.interactions.words import Dose, Shown
from mooring.clinic.people.models import Patient
from mooring.core.drugs.drug import Drug, Route
from mooring.core.protocols.interactions import Listed, findings
from mooring.core.quantities import plain


@allow("patient.view")
@require_safe
def interactions(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """What the list means by the ordered route, or by one that is chosen here."""
    patient = get_object_or_404(Patient, pk=patient_id)
    ordered = standing_order(patient)
    form = PlannedForm(request.GET if "route" in request.GET else None, initial=asked(ordered))
    planned = chosen(form) if form.is_bound else ordered
    found = medication_list(patient)
    facts = {
        "patient": patient,
        "policy": POLICY,
        "form": form,
        "ordered": ordered,
        "planned": planned,
        "list": found,
        "dose": dose(found.listed),
        "found": shown(found.listed, planned) if planned else None,
    }
    return render(request, "interactions/interactions.html", facts)


def asked(ordered: Planned | None) -> dict[str, Any]:
    """What the form starts from: the order that stands."""
    return {"drug": ordered.drug.value, "route": ordered.route.value} if ordered else {}


def chosen(form: PlannedForm) -> Planned | None:
    """What was chosen on the page; None where that is no drug or no route."""
    if not form.is_valid():
        return None
    return Planned(Drug(form.cleaned_data["drug"]), Route(form.cleaned_data["route"]))


def shown(listed: Listed, planned: Planned) -> list[Shown]:
    """The findings for what is planned."""
    return [Shown(each) for each in findings(POLICY, listed, planned.drug, planned.route)]


def dose(listed: Listed) -> Dose | None:
    """The benzodiazepines beside the threshold; None where the list names none."""
    if listed.benzodiazepines is None:
        return None
    threshold = POLICY.threshold
    return Dose(listed.benzodiazepines, f"{plain(threshold.value)}\N{NO-BREAK SPACE}mg a day")
