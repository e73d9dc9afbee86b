"""The comparison of routes. It writes nothing, and nothing on it leads to an order."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from mooring.clinic.comparison.drawing import axis_of, drawn
from mooring.clinic.comparison.forms import ReferenceDoseForm
from mooring.clinic.doors import allow
from mooring.core.drugs.comparison import compare, load
from mooring.core.drugs.drug import Drug
from mooring.core.quantities import Milligrams


@allow("comparison.view")
@require_http_methods(["GET", "HEAD"])
def route_comparison(request: HttpRequest) -> HttpResponse:
    """Every source's nominal amount by every route, for the dose that is asked about."""
    sources = load()
    asked = request.GET if "dose" in request.GET else {"dose": sources.reference.quantity.value}
    form = ReferenceDoseForm(asked)
    facts = {
        "form": form,
        "sources": sources,
        "drug": Drug.RACEMIC_KETAMINE,
        "shapes": [(status.value, status.in_words) for status in sources.statuses],
    }
    if form.is_valid():
        comparison = compare(Milligrams(form.cleaned_data["dose"]), sources)
        axis = axis_of(comparison)
        facts["comparison"] = comparison
        facts["axis"] = axis
        facts["routes"] = [drawn(route, axis) for route in comparison.routes]
    return render(request, "comparison/comparison.html", facts)
