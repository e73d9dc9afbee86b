"""What views share: who acts, which chart was opened, the way in, the pages for a closed door."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mooring.clinic.actions import OWN_CHART, Actor, writing
from mooring.clinic.audit import chain
from mooring.clinic.doors import allow, public
from mooring.clinic.people.models import Patient
from mooring.clinic.permissions import Role, allowed

now = timezone.now

FIRST_PAGES = (
    ("today.view", "today"),
    ("own_chart.view", "own_chart"),
    ("program.view", "program"),
    ("audit.view", "audit"),
)


def actor(request: HttpRequest) -> Actor:
    """The signed-in person as an actor, with their own chart if they are a patient too."""
    user = cast(Any, request.user)
    patient = getattr(user, "patient", None) if Role.PATIENT in user.roles else None
    return Actor(
        name=str(user), roles=user.roles, user=user, patient=patient.id if patient else None
    )


def opened(request: HttpRequest, patient: Patient, page: str) -> None:
    """Audit that this person opened this chart at this page."""
    by = actor(request)
    with writing():
        chain.append(
            at=now(),
            actor=by.key,
            actor_name=by.name,
            action="chart.opened",
            subject="people.Patient",
            subject_id=str(patient.id),
            patient=patient.id,
            detail=page,
        )


@allow("home.view")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page of each role."""
    roles = cast(Any, request.user).roles
    for permission, url_name in FIRST_PAGES:
        if allowed(roles, permission):
            return redirect(url_name)
    return redirect("handbook")


@public("a browser asks for it before anyone has signed in; it is empty")
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """No icon yet: an empty answer instead of a not-found in every log."""
    return HttpResponse(status=204)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say which door is closed, and nothing about what is behind it."""
    about = {"own_chart": str(exception) == OWN_CHART}
    return render(request, "not_allowed.html", about, status=403)


def cannot_tell_who_sent(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form came without its cookie: say what helps, and leave no patient without a number."""
    return render(request, "cannot_tell_who_sent.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that there is nothing here."""
    return render(request, "not_found.html", status=404)
