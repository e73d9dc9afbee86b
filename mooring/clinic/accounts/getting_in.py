"""What an owner states about getting in and signing; the bedside's way to show who signs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mooring.clinic.accounts.actions import DOORS, set_doors
from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.accounts.models import Clinic
from mooring.clinic.accounts.signing import shown
from mooring.clinic.accounts.stood import doors_stand
from mooring.clinic.actions import RefusedError, UnprovenError
from mooring.clinic.doors import allow
from mooring.clinic.web import actor, now


def number(label: str, least: int, most: int, help_text: str = "") -> forms.IntegerField:
    """A whole number between two bounds."""
    between = f"Type a whole number from {least} to {most}."
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        help_text=help_text,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": between, "min_value": between, "max_value": between},
    )


class DoorsForm(forms.Form):
    """The bounds keep a slip of the finger from opening the door or closing it for good."""

    sign_with_pin = forms.BooleanField(label="Sign by bedside PIN", required=False)
    sign_with_password = forms.BooleanField(label="Sign by password", required=False)
    sign_with_passkey = forms.BooleanField(label="Sign by passkey", required=False)
    sign_minutes = number(
        "Minutes for which it holds", 0, 60, "0: each signature asks anew. Signing in counts too."
    )
    wrong_at_a_place = number(
        "Wrong passwords, codes or PINs for one account at one place, until it waits", 3, 10
    )
    wait_minutes = number("Minutes that it waits", 1, 1440)
    wrong_from_an_address = number(
        "Wrong ones from one address, for all accounts, until it takes one a minute", 10, 100,
        "A device on which somebody has signed in before is not held by it.",
    )  # fmt: skip
    wrong_for_an_account = number(
        "Wrong ones for one account in a day, from everywhere, until it takes one a minute",
        10,
        100,
        "A hundred in a row close it elsewhere than on known devices, whatever stands here.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(DOORS)


@allow("clinic.change")
@require_http_methods(["GET", "POST"])
def door_settings(request: HttpRequest) -> HttpResponse:
    """The owner's page of it."""
    clinic = Clinic.objects.first() or the_clinic()
    stated = {name: getattr(clinic, name) for name in DOORS}
    form = DoorsForm(request.POST or None, initial=stated)
    if request.method == "POST" and form.is_valid():
        try:
            set_doors(actor(request), now=now(), **form.cleaned_data)
        except RefusedError as refused:
            form.add_error("sign_with_pin", list(refused.reasons))
        else:
            messages.success(request, "Kept: it holds from now on.", extra_tags="met")
            return redirect("door_settings")
    status = 422 if form.errors else 200
    facts = {"form": form, "stands": doors_stand(clinic, DOORS)}
    return render(request, "accounts/getting_in.html", facts, status=status)


@allow("session.sign")
@require_POST
def sign(request: HttpRequest) -> HttpResponse:
    """204 when the person has shown that it is them; the middleware has judged what was given."""
    if not shown(request) or not request.POST.get("sign_secret"):
        raise UnprovenError("session.sign")
    return HttpResponse(status=204)
