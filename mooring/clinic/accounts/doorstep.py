"""What an answer carries when somebody has come in or gone: the device's own cookie."""

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


class DoorstepMiddleware(MiddlewareMixin):
    """Lets a device know who has signed in on it."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The answer, with the cookie where somebody came in."""
        arrived: User | None = getattr(request, "mooring_arrived", None)
        if arrived is not None:
            remember(request, response, arrived)
        return response
