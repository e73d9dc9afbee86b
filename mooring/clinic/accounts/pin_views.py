"""The page where people set their bedside PIN, and what a bedside page asks about it."""

from __future__ import annotations

from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mooring.clinic.accounts import actions
from mooring.clinic.accounts.models import BedsidePin
from mooring.clinic.accounts.pins import LENGTH, ROUNDS
from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow, signed_in
from mooring.clinic.web import actor, now


class PinField(forms.CharField):
    """Figures that nobody reads over a shoulder."""

    def __init__(self, **options: Any) -> None:
        about = {"inputmode": "numeric", "autocomplete": "off", "maxlength": LENGTH}
        super().__init__(widget=forms.PasswordInput(attrs=about), strip=False, **options)


class PinForm(forms.Form):
    """A PIN, typed twice."""

    pin = PinField(label="Bedside PIN", help_text="Six figures; no date, no row of figures.")
    again = PinField(label="Bedside PIN (again)")

    def clean_again(self) -> str:
        """A typing slip would lock its person out at a bedside."""
        again: str = self.cleaned_data["again"]
        if "pin" in self.cleaned_data and self.cleaned_data["pin"] != again:
            raise forms.ValidationError("The two are not the same. Type both again.")
        return again


@allow("bedside_pin.set")
@reauthentication_required  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "POST"])
def bedside_pin(request: HttpRequest) -> HttpResponse:
    """Set one's own PIN; whoever does shows first that it is them."""
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_bedside_pin(actor(request), pin=form.cleaned_data["pin"], now=now())
        except RefusedError as refused:
            form.add_error(refused.field, list(refused.reasons))
        else:
            messages.success(request, "Your bedside PIN is set.", extra_tags="met")
            return redirect("mfa_index")
    return render(request, "accounts/bedside_pin.html", {"form": form})


@allow("bedside_pin.set")
@require_POST
def bedside_pin_remove(request: HttpRequest) -> HttpResponse:
    """Take one's own PIN away: then only the password opens the screen."""
    try:
        actions.remove_bedside_pin(actor(request), now=now())
    except RefusedError as refused:
        messages.error(request, str(refused), extra_tags="stop")
    else:
        messages.success(request, "Your bedside PIN is taken away.", extra_tags="met")
    return redirect("mfa_index")


@signed_in("tells a person's own device how to check their own PIN without the server")
@require_safe
def pin_check(request: HttpRequest) -> HttpResponse:
    """Salt, rounds and the few digits that the right PIN gives; 204 without a PIN."""
    pin = BedsidePin.objects.filter(user=cast(Any, request.user)).first()
    if pin is None:
        return HttpResponse(status=204)
    return JsonResponse({"salt": pin.device_salt, "rounds": ROUNDS, "digits": pin.device_digits})
