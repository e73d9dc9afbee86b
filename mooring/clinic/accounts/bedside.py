"""What an owner states once for every bedside: priming the line, scanning the vial."""

from __future__ import annotations

from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mooring.clinic.accounts.actions import set_bedside
from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.accounts.models import Clinic
from mooring.clinic.accounts.stood import bedside_stands
from mooring.clinic.doors import allow
from mooring.clinic.web import actor, now

MOST_ML = Decimal(50)


class BedsideForm(forms.Form):
    """The two statements. Empty priming is nothing beyond the dose."""

    priming_ml = forms.DecimalField(
        label="Drawn up to fill the line of a pump, mL",
        required=False,
        max_digits=5,
        decimal_places=2,
        min_value=Decimal(0),
        max_value=MOST_ML,
        help_text="On top of the dose. Empty: nothing more than the dose is expected.",
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "invalid": "Type a plain number with a point, for example 1.5.",
            "min_value": "Type 0 or more.",
            "max_value": "Type 50 or less.",
            "max_decimal_places": "Type at most two decimals, for example 1.25.",
        },
    )
    vial_check_required = forms.BooleanField(
        label="Nothing is given of which no code was scanned",
        required=False,
        help_text="Where a code cannot be scanned, two people read the label instead.",
    )


@allow("clinic.change")
@require_http_methods(["GET", "POST"])
def bedside_settings(request: HttpRequest) -> HttpResponse:
    """The owner's page of it."""
    clinic = Clinic.objects.first() or the_clinic()
    stated = {name: getattr(clinic, name) for name in BedsideForm.base_fields}
    form = BedsideForm(request.POST or None, initial=stated)
    if request.method == "POST" and form.is_valid():
        set_bedside(actor(request), **form.cleaned_data, now=now())
        messages.success(request, "Kept: every bedside follows it from now on.", extra_tags="met")
        return redirect("bedside_settings")
    status = 422 if form.errors else 200
    facts = {"form": form, "stands": bedside_stands(clinic)}
    return render(request, "accounts/bedside.html", facts, status=status)
