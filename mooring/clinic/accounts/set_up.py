"""The first page of a new clinic: its name, its crisis numbers, its first owner.

It opens with a key that `mooring serve` prints, and only while there is no clinic.
"""

from __future__ import annotations

import hmac
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mooring.clinic import home
from mooring.clinic.accounts.actions import add_person, open_clinic
from mooring.clinic.accounts.forms import ClinicForm, OwnerForm, PersonForm
from mooring.clinic.accounts.models import Clinic
from mooring.clinic.actions import RefusedError, command, writing
from mooring.clinic.doors import public
from mooring.clinic.permissions import Role
from mooring.clinic.web import now


def set_up_key() -> str:
    """The key in the address of the set-up page; it comes from the clinic's own web key."""
    return hmac.new(home.key("web.key"), b"set-up", "sha256").hexdigest()[:40]


@public("there is nobody yet who could sign in; the address carries a key only the server prints")
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest, key: str) -> HttpResponse:
    """Open the clinic and make its first owner."""
    if not hmac.compare_digest(key.encode(), set_up_key().encode()) or Clinic.objects.exists():
        raise Http404
    clinic = ClinicForm(request.POST or None, prefix="clinic")
    owner = OwnerForm(request.POST or None, prefix="owner", initial={"roles": [Role.OWNER]})
    if request.method == "POST" and opened(clinic, owner, now()):
        return redirect("account_login")
    return render(request, "accounts/set_up.html", {"clinic_form": clinic, "owner_form": owner})


def opened(clinic: ClinicForm, owner: PersonForm, at: datetime) -> bool:
    """True when both forms were in order; what is refused stands on the form it is about."""
    if not all([clinic.is_valid(), owner.is_valid()]):
        return False
    try:
        open_with_owner(clinic, owner, at)
    except RefusedError as refused:
        form = owner if refused.field in owner.fields else clinic
        form.add_error(refused.field, list(refused.reasons))
        return False
    return True


def open_with_owner(clinic: ClinicForm, owner: PersonForm, at: datetime) -> None:
    """Both or neither: a clinic without an owner could never be entered."""
    by = command("set-up page")
    with writing():
        open_clinic(by, **clinic.cleaned_data, demonstration=False, now=at)
        add_person(by, **owner.cleaned_data, chosen=True, now=at)
