"""The owner's pages of people who work here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mooring.clinic.accounts import actions
from mooring.clinic.accounts.forms import PasswordForm, PersonForm, RolesForm
from mooring.clinic.accounts.models import RoleAssignment, User
from mooring.clinic.accounts.stood import roles_stand
from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.permissions import STAFF
from mooring.clinic.web import actor, now


def people() -> QuerySet[User]:
    """Whoever works here or has no role yet; never an account that is only a patient's."""
    roles = RoleAssignment.objects.filter(role__in=STAFF).order_by("role")
    works_here = Q(assignments__role__in=STAFF) | Q(assignments__isnull=True)
    found = User.objects.filter(works_here).distinct()
    return found.prefetch_related(Prefetch("assignments", roles)).order_by(
        "-is_active", "display_name"
    )


@allow("account.manage")
@require_http_methods(["GET", "POST"])
def staff(request: HttpRequest) -> HttpResponse:
    """Everyone who works here, and a form for one more."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and done(request, form, actions.add_person):
        messages.success(request, "Added: they can sign in now.", extra_tags="met")
        return redirect("staff")
    return render(request, "accounts/staff.html", {"form": form, "people": people()})


@allow("account.manage")
@require_safe
def staff_person(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """One person: roles, a new password, the second step, the account itself."""
    return page(request, get_object_or_404(people(), pk=user_id))


@allow("account.manage")
@require_POST
def staff_roles(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Set a person's roles."""
    person = get_object_or_404(people(), pk=user_id)
    form = RolesForm(request.POST)
    if not done(request, form, actions.change_roles, person=person):
        return page(request, person, roles_form=form)
    messages.success(request, f"{person}'s roles are changed.", extra_tags="met")
    return redirect("staff")


@allow("account.manage")
@require_POST
def staff_password(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """Give a person a new password."""
    person = get_object_or_404(people(), pk=user_id)
    form = PasswordForm(request.POST)
    if not done(request, form, actions.set_password, person=person):
        return page(request, person, password_form=form)
    messages.success(request, f"{person} signs in with the new password.", extra_tags="met")
    return redirect("staff")


WITHOUT_A_FORM = {
    "end": (actions.end_access, "{} can no longer sign in."),
    "open": (actions.open_access, "{} can sign in again."),
    "second-step": (actions.forget_second_step, "{} sets up the second step anew."),
}


@allow("account.manage")
@require_POST
def staff_change(request: HttpRequest, user_id: UUID, change: str) -> HttpResponse:
    """Close or open an account, or forget its second step."""
    person = get_object_or_404(people(), pk=user_id)
    act, told = WITHOUT_A_FORM[change]
    try:
        act(actor(request), person=person, now=now())
    except RefusedError as refused:
        messages.error(request, str(refused), extra_tags="stop")
    else:
        messages.success(request, told.format(person), extra_tags="met")
    return redirect("staff")


def page(request: HttpRequest, person: User, **forms_sent: forms.Form) -> HttpResponse:
    """A person's page; a form that was refused is shown with its problems."""
    held = [assignment.role for assignment in person.assignments.all()]
    shown = {
        "person": person,
        "roles_form": RolesForm(initial={"roles": held}),
        "password_form": PasswordForm(),
        "roles_stand": roles_stand(person),
    }
    return render(request, "accounts/person.html", {**shown, **forms_sent})


def done(request: HttpRequest, form: forms.Form, act: Callable[..., object], **about: Any) -> bool:
    """Carry out what a form asks for; False with the problems on the form when that cannot be."""
    if not form.is_valid():
        return False
    try:
        act(actor(request), **about, **form.cleaned_data, now=now())
    except RefusedError as refused:
        form.add_error(refused.field, list(refused.reasons))
        return False
    return True
