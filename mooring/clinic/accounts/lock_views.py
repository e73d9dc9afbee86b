"""Lock now, unlock with the password or the PIN, and tell the server that somebody is there."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from mooring.clinic.accounts import idle, limits
from mooring.clinic.accounts.guard import at_door
from mooring.clinic.accounts.limits import Door
from mooring.clinic.accounts.pin_backend import forget_wrong_pins, note_wrong_pin, pin_closed
from mooring.clinic.accounts.signing import note_shown
from mooring.clinic.doors import signed_in

TEXT = "text/plain; charset=utf-8"
PIN_CLOSED = "The PIN was wrong three times. Give the password."


@require_POST
@signed_in("whoever is signed in may lock the screen")
def lock(request: HttpRequest) -> HttpResponse:
    """Lock now. A page that covers itself asks in the background and gets an empty answer."""
    idle.lock(request)
    if idle.is_background(request):
        return HttpResponse(status=204)
    return redirect("home")


@require_POST
@signed_in("whoever locked the screen may open it with the password or their PIN")
def unlock(request: HttpRequest) -> HttpResponse:
    """Open the session again for the person who signed in, and for nobody else."""
    refusal = refused(request)
    if refusal:
        return kept_shut(request, refusal)
    idle.unlock(request)
    note_shown(request, "PIN" if "pin" in request.POST else "password")
    forget_wrong_pins(request)
    name = cast(Any, request.user).username
    limits.forget_wrong(limits.asked(request, Door.BEDSIDE, name))
    if idle.is_background(request):
        return HttpResponse(status=204)
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return redirect(wanted if own else "home")


def refused(request: HttpRequest) -> str:
    """Why the screen stays shut, as a sentence; empty when the password or the PIN is right.

    Wrong ones of both kinds count together, and only for this session.
    """
    at_door(request, Door.BEDSIDE)
    by_pin = "pin" in request.POST
    said = request.POST.get("pin" if by_pin else "password", "")
    secret = {"pin_secret" if by_pin else "password": said}
    person = authenticate(request, username=cast(Any, request.user).username, **secret)
    if person is not None and person.pk == request.user.pk:
        return ""
    if not by_pin:
        return "That password does not match. Type it again."
    note_wrong_pin(request)
    return PIN_CLOSED if pin_closed(request) else "That PIN does not match. Type it again."


def kept_shut(request: HttpRequest, refusal: str) -> HttpResponse:
    """The lock page with its refusal; a page that covers itself gets the sentence alone."""
    if not idle.is_background(request):
        return idle.lock_page(request, refusal)
    state = "closed" if pin_closed(request) else "open"
    return HttpResponse(refusal, status=401, content_type=TEXT, headers={"X-Mooring-Pin": state})


@require_POST
@signed_in("a touch only keeps one's own screen open")
def touch(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Somebody typed or tapped; the middleware has noted it."""
    return HttpResponse(status=204)
