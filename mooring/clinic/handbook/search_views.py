"""The search page, and its results alone for the script that asks while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from mooring.clinic.doors import allow
from mooring.clinic.handbook.reading.current import current
from mooring.clinic.handbook.reading.faces import reads_as_patient
from mooring.clinic.handbook.searching import counted, groups, index
from mooring.core.handbook import Face

LONGEST = 200


@allow("handbook.read")
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What answers `q`, by kind; `kind` shows all of one kind."""
    question = request.GET.get("q", "").strip()[:LONGEST]
    face = Face.PATIENT if reads_as_patient(request) else Face.CLINICIAN
    searched = index(current().handbook, face)
    found = searched.search(question)
    only_results = request.headers.get("HX-Target") == "found"
    answer = render(
        request,
        "handbook/found.html" if only_results else "handbook/search.html",
        {
            "question": question,
            "found": found,
            "groups": groups(found, request.GET.get("kind", "")),
            "counted": counted(searched),
            "only": request.GET.get("kind", ""),
        },
    )
    patch_vary_headers(answer, ["HX-Target"])
    return answer
