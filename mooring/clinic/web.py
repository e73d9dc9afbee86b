"""What views share: who acts, which chart was opened, the way in, the pages for a closed door."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mooring.clinic import openings, refusals
from mooring.clinic.accounts.idle import route as route_of
from mooring.clinic.acting import actor as actor
from mooring.clinic.actions import OWN_CHART, writing
from mooring.clinic.doors import allow, public
from mooring.clinic.openings import listed as listed
from mooring.clinic.permissions import allowed

now = timezone.now
READS = frozenset({"GET", "HEAD", "OPTIONS"})

FIRST_PAGES = (
    ("today.view", "today"),
    ("own_chart.view", "own_chart"),
    ("program.view", "program"),
    ("audit.view", "audit"),
)


def refused(request: HttpRequest, what: str, why: str) -> None:
    """Audit that a signed-in person was refused: a write, or the reading of a chart."""
    by = actor(request)
    words = request.resolver_match.kwargs if request.resolver_match else {}
    charts = [
        openings.patient_of(word, key) for word, key in words.items() if word in openings.ABOUT
    ]
    if request.method in READS and not charts:
        return
    patient = next(iter(charts), None)
    with writing():
        refusals.note(
            actor=by.key, actor_name=by.name, what=what, patient=patient, why=why, at=now()
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
    if request.user.is_authenticated and not getattr(exception, "audited", False):
        refused(request, route_of(request) or "unknown", refusals.why(exception))
    about = {
        "own_chart": str(exception) == OWN_CHART,
        "restricted": str(exception) == openings.RESTRICTED,
    }
    return render(request, "not_allowed.html", about, status=403)


def cannot_tell_who_sent(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form came without its cookie: say what helps, and leave no patient without a number."""
    if request.user.is_authenticated:
        refused(request, route_of(request) or "unknown", "came without its cookie")
    return render(request, "cannot_tell_who_sent.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Say that there is nothing here."""
    return render(request, "not_found.html", status=404)
