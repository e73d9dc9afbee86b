"""What an answer carries when somebody has come in or gone.

Whoever came in leaves a cookie by which the device is known. Whoever goes takes along what the
browser has kept of pages; never the browser's storage, where entries of a session may wait to be
sent, nor its cookies, by which the device is known.
"""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils.deprecation import MiddlewareMixin

from mooring.clinic.accounts.models import User
from mooring.clinic.accounts.places import remember


def note_arrival(request: HttpRequest | None, user: User) -> None:
    """Remember, for the answer, that this request signed somebody in."""
    if request is not None:
        cast(Any, request).mooring_arrived = user


def note_leaving(request: HttpRequest | None) -> None:
    """Remember, for the answer, that this request signed somebody out."""
    if request is not None:
        cast(Any, request).mooring_left = True


CLEARED = '"cache"'
"""For Clear-Site-Data. "executionContexts" no browser knows yet."""


class DoorstepMiddleware(MiddlewareMixin):
    """Lets a device know who has signed in on it, and has it forget pages after them."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The answer, with the cookie where somebody came in."""
        arrived: User | None = getattr(request, "mooring_arrived", None)
        if arrived is not None:
            remember(request, response, arrived)
        if getattr(request, "mooring_left", False):
            response.headers["Clear-Site-Data"] = CLEARED
        return response
