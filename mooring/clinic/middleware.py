"""What every request gets: the clinic's zone, no page kept by a browser, word of a taken form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

from mooring.clinic.accounts.clinic import the_clinic

NOT_NEEDED = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What no page needs and no other site may have: devices of the machine, and the page itself."""


class ClinicMiddleware:
    """Shows times in the clinic's zone and forbids keeping pages with patient data."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve one request in the clinic's zone."""
        with timezone.override(ZoneInfo(the_clinic().time_zone)):
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        for name, value in NOT_NEEDED.items():
            response.headers.setdefault(name, value)
        return response


DRAFT = "_draft"
TAKEN_COOKIE = "mooring_taken"
"""Tells the page after a form which draft it may forget; see frontend/js/drafts.js."""


class TakenFormMiddleware(MiddlewareMixin):
    """Hands the mark of a form back once its view took it. It stands last, next to the view."""

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Only a request that no lock and no door stopped comes here."""
        request.META["mooring.view_asked"] = True

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """A view that takes a form leads on to the next page; everything else is a refusal."""
        took = response.status_code == 302 and "mooring.view_asked" in request.META
        if took and request.method == "POST" and request.user.is_authenticated:
            mark = request.POST.get(DRAFT, "")
            if mark.isdigit() and len(mark) <= 20:
                response.set_cookie(
                    f"{settings.COOKIE_PREFIX}{TAKEN_COOKIE}",
                    mark,
                    max_age=300,
                    secure=settings.BEHIND_TLS,
                    samesite="Lax",
                )
        return response
