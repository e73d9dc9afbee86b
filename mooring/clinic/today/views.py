"""The work list of the day, as a page and as the fragment that keeps it current."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mooring.clinic.accounts.models import User
from mooring.clinic.backups.standing import backups_for
from mooring.clinic.doors import allow
from mooring.clinic.today import agenda
from mooring.clinic.web import listed, now


@allow("today.view")
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The work list by time."""
    backups = backups_for(request, now())
    return render(request, "today/today.html", {**facts(request), "backups": backups})


@allow("today.view")
@require_safe
def today_list(request: HttpRequest) -> HttpResponse:
    """The list alone; a page fetches it by itself."""
    return render(request, "today/list.html", facts(request))


def facts(request: HttpRequest) -> dict[str, Any]:
    """What both show."""
    moment = now()
    read = agenda.read(cast(User, request.user), moment)
    listed(request, "today", len(read.patients))
    return {"agenda": read, "now": moment}
