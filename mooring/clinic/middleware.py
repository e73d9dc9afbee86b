"""What every request gets: the clinic's time zone, and no page kept by a browser."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from mooring.clinic.accounts.clinic import the_clinic


class ClinicMiddleware:
    """Shows times in the clinic's zone and forbids keeping pages with patient data."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve one request in the clinic's zone."""
        with timezone.override(ZoneInfo(the_clinic().time_zone)):
            response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        return response
