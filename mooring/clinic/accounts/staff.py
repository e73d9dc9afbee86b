"""The owner's page of people who work here."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mooring.clinic.accounts.actions import add_person, end_access
from mooring.clinic.accounts.forms import PersonForm
from mooring.clinic.accounts.models import RoleAssignment, User
from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.web import actor, now


@allow("account.manage")
@require_http_methods(["GET", "POST"])
def staff(request: HttpRequest) -> HttpResponse:
    """Everyone with an account, and a form for one more."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = add_person(actor(request), **form.cleaned_data, now=now())
        except RefusedError as refused:
            form.add_error(refused.field, list(refused.reasons))
        else:
            messages.success(request, f"{person} can sign in now.", extra_tags="met")
            return redirect("staff")
    people = User.objects.filter(patient__isnull=True).prefetch_related(
        Prefetch("assignments", RoleAssignment.objects.order_by("role"))
    )
    return render(
        request,
        "accounts/staff.html",
        {"form": form, "people": people.order_by("-is_active", "display_name")},
    )


@allow("account.manage")
@require_POST
def staff_end(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Close one account."""
    person = get_object_or_404(User, pk=user_id)
    try:
        end_access(actor(request), person=person, now=now())
    except RefusedError as refused:
        messages.error(request, str(refused), extra_tags="stop")
    else:
        messages.success(request, f"{person} can no longer sign in.", extra_tags="met")
    return redirect("staff")
