"""The audit page: what was done, by whom, on whose chart; and whether the log is whole."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from mooring.clinic.audit import asked
from mooring.clinic.audit.checkpoints import ANNOUNCED, BEGUN_ANEW, in_words
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.audit.search import SearchForm, found
from mooring.clinic.doors import allow
from mooring.clinic.openings import LISTED
from mooring.clinic.people.models import Patient
from mooring.clinic.web import actor, now

A_PAGE = 50


@require_safe
@allow("audit.view")
def audit(request: HttpRequest) -> HttpResponse:
    """The newest rows that the search asks for, a page at a time."""
    form = SearchForm(request.GET)
    rows = list(found(form)[: A_PAGE + 1])
    older = request.GET.copy()
    if len(rows) > A_PAGE:
        older["before"] = str(rows[A_PAGE - 1].sequence)
    shown = rows[:A_PAGE]
    return render(
        request,
        "audit/audit.html",
        {
            "form": form,
            "rows": numbered(shown),
            "older": older.urlencode() if len(rows) > A_PAGE else "",
            "verified": asked.standing(),
            "searching": any(request.GET.get(name) for name in form.fields),
        },
    )


def numbered(rows: list[AuditRow]) -> list[tuple[AuditRow, str, str]]:
    """Each row with the record number of its patient and what it says beside its action.

    Whoever audits need not see names.
    """
    wanted = {row.patient for row in rows if row.patient}
    numbers = dict(Patient.objects.filter(pk__in=wanted).values_list("pk", "identifier"))
    return [(row, numbers.get(row.patient, "") if row.patient else "", said(row)) for row in rows]


def said(row: AuditRow) -> str:
    """The first page of an opening, a list and its count, why it was refused; else nothing.

    Nothing where the body cannot be read: a row that somebody changed is for `verify` to name.
    """
    try:
        body = json.loads(row.body)
        detail, about = str(body["detail"]), str(body["subject_id"])
        if row.action in (ANNOUNCED, BEGUN_ANEW):
            return in_words(detail)
    except (ValueError, KeyError, TypeError):
        return ""
    return f"{about}: {detail}" if row.action == LISTED else detail


@require_POST
@allow("audit.view")
def verify_now(request: HttpRequest) -> HttpResponse:
    """Walk the whole chain and say what was found; that somebody asked is audited too."""
    verdict = asked.verify_for(actor(request), now())
    if verdict is None:
        return redirect("audit")
    tags = "met" if verdict.whole else "stop"
    messages.info(request, str(verdict), extra_tags=tags)
    return redirect("audit")
