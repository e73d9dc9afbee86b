"""The page for when the program cannot do its work: it gives help in a crisis.

It asks the database for nothing, because the database may be what is missing.
"""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from mooring.clinic.accounts.clinic import known_clinic
from mooring.clinic.logs import out_of_reach


def cannot_go_on(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """503 while the database or the disk is away, 500 for a fault of Mooring's own."""
    status = 503 if out_of_reach(sys.exc_info()[1]) else 500
    page = render_to_string("cannot_go_on.html", {"clinic": known_clinic(), "status": status})
    answer = HttpResponse(page, status=status, headers={"Cache-Control": "no-store"})
    if status == 503:
        answer.headers["Retry-After"] = "10"
    return answer
