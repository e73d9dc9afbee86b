"""Lock now, unlock with the password, and tell the server that somebody is there."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from mooring.clinic.accounts import idle
from mooring.clinic.doors import signed_in


@require_POST
@signed_in("whoever is signed in may lock the screen")
def lock(request: HttpRequest) -> HttpResponse:
    """Lock now. A page that covers itself asks in the background and gets an empty answer."""
    idle.lock(request)
    if idle.is_background(request):
        return HttpResponse(status=204)
    return redirect("home")


@require_POST
@signed_in("whoever locked the screen may open it with the password")
def unlock(request: HttpRequest) -> HttpResponse:
    """Open the session again for the person who signed in, and for nobody else."""
    username = cast(Any, request.user).username
    person = authenticate(request, username=username, password=request.POST.get("password", ""))
    if person is None or person.pk != request.user.pk:
        return idle.lock_page(request, "That password does not match. Type it again.")
    idle.unlock(request)
    if idle.is_background(request):
        return HttpResponse(status=204)
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return redirect(wanted if own else "home")


@require_POST
@signed_in("a touch only keeps one's own screen open")
def touch(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Somebody typed or tapped; the middleware has noted it."""
    return HttpResponse(status=204)
