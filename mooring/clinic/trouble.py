"""The page for when the program cannot do its work: it gives help in a crisis.

It asks the database for nothing, because the database may be what is missing.
"""

from __future__ import annotations

import sys
from contextlib import suppress

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from mooring.clinic.accounts.clinic import known_clinic, the_clinic
from mooring.clinic.logs import no_room, out_of_reach
from mooring.clinic.requests import number


def cannot_go_on(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """507 on a full disk, 503 while the database is away, 500 for a fault of Mooring's own."""
    problem = sys.exc_info()[1]
    if no_room(problem):
        return disk_is_full()
    return page(503 if out_of_reach(problem) else 500)


def disk_is_full() -> HttpResponse:
    """507: nothing of the request was kept."""
    return page(507)


def sent_too_much() -> HttpResponse:
    """413: more was sent than a page may take."""
    with suppress(DatabaseError):
        the_clinic()  # No view has run: this process may not know the clinic's numbers yet.
    return page(413)


def page(status: int) -> HttpResponse:
    """The page of one status."""
    context = {"clinic": known_clinic(), "status": status, "number": number()}
    answer = HttpResponse(render_to_string("cannot_go_on.html", context), status=status)
    answer.headers["Cache-Control"] = "no-store"
    if status == 503:
        answer.headers["Retry-After"] = "10"
    return answer
