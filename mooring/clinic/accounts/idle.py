"""The idle lock, on the server: after a time without a touch a session opens nothing.

What the page fetches by itself (polls, streams, an outbox) is background: it never counts as a
touch, so that a monitored session left alone locks like any other.
"""

from __future__ import annotations

import time
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.accounts.pin_backend import pin_closed
from mooring.clinic.accounts.sign_ins import has_ended

BACKGROUND_HEADER = "X-Mooring-Background"
ALWAYS_BACKGROUND = frozenset(
    {"stream", "session_live", "session_chart", "rooms_calling", "pin_check"}
)
"""Routes that pages fetch by themselves, whatever header they carry."""
OPEN_WHILE_LOCKED = frozenset({"lock", "unlock", "account_logout", "favicon", "rooms_calling"})
LONGEST = 12 * 60 * 60
"""Seconds after which a person signs in again, however busy they were."""
WRITE_EVERY = 15
"""Seconds between two writes of the last touch: not every page view needs a commit."""


class IdleLockMiddleware(MiddlewareMixin):
    """Answers with the lock page while a session is locked, and locks it when it was idle."""

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """None lets the view answer."""
        if not request.user.is_authenticated:
            return None
        background = is_background(request)
        if too_long(request) or has_ended(request):
            logout(request)
            return HttpResponse(status=401) if background else None
        if is_locked(request):
            return None if open_while_locked(request) else closed(request, background)
        if not background:
            touch(request)
        return None


def route(request: HttpRequest) -> str | None:
    """The name of the address that is asked for."""
    return request.resolver_match.url_name if request.resolver_match else None


def open_while_locked(request: HttpRequest) -> bool:
    """True for leaving, unlocking, and hearing that some session needs attention: no name in it."""
    if route(request) == "stream":
        return request.GET.getlist("topic") == ["attention"]
    return route(request) in OPEN_WHILE_LOCKED


def is_background(request: HttpRequest) -> bool:
    """True for what a page fetches without anybody having touched it."""
    return (
        request.headers.get(BACKGROUND_HEADER) == "1"
        or "text/event-stream" in request.headers.get("Accept", "")
        or route(request) in ALWAYS_BACKGROUND
    )


def too_long(request: HttpRequest) -> bool:
    """True once a sign-in is older than LONGEST."""
    since = request.session.setdefault("since", time.time())
    return bool(time.time() - since > LONGEST)


def is_locked(request: HttpRequest) -> bool:
    """True when somebody locked the session, or nobody touched it for the clinic's idle time."""
    if not request.session.get("locked"):
        touched = request.session.setdefault("touched", time.time())
        if time.time() - touched > the_clinic().idle_seconds:
            lock(request)
    return bool(request.session.get("locked"))


def touch(request: HttpRequest) -> None:
    """Note that somebody is there."""
    if time.time() - request.session["touched"] > WRITE_EVERY:
        request.session["touched"] = time.time()


def lock(request: HttpRequest) -> None:
    """Close the session until its person gives the password again."""
    request.session["locked"] = True


def unlock(request: HttpRequest) -> None:
    """Open the session again: whoever does is there."""
    request.session["locked"] = False
    request.session["touched"] = time.time()


def closed(request: HttpRequest, background: bool) -> HttpResponse:
    """The lock page, or an empty answer for what nobody looks at.

    401, not 200: an outbox must not take it for "stored".
    """
    if background:
        return HttpResponse(status=401)
    return lock_page(request)


def lock_page(request: HttpRequest, refusal: str = "") -> HttpResponse:
    """The page that shows nothing but a field for the PIN and one for the password."""
    wanted = request.get_full_path() if request.method == "GET" else request.POST.get("next", "")
    shown = {"next": wanted, "refusal": refusal, "pin_closed": pin_closed(request)}
    return render(request, "accounts/locked.html", shown, status=401)
