"""The evidence as a file, for readers outside."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from mooring.clinic.doors import allow
from mooring.core import evidence
from mooring.core.evidence.export import as_csv, as_json, export

FORMATS = {
    "json": (as_json, "application/json"),
    "csv": (as_csv, "text/csv; charset=utf-8"),
}


@allow("handbook.view")
@require_safe
def evidence_file(request: HttpRequest, form: str) -> HttpResponse:  # noqa: ARG001
    """The whole base, to be kept."""
    if form not in FORMATS:
        raise Http404
    write, content_type = FORMATS[form]
    exported = export(evidence.load())
    name = f"mooring-evidence-{exported.version}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(write(exported), content_type=content_type, headers=headers)
