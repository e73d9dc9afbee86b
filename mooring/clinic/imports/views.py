"""Pages of what came in: one file, what became of it, and each part that was kept."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mooring.clinic.doors import allow
from mooring.clinic.imports.concerns import Concern
from mooring.clinic.imports.models import ImportBatch, KeptResource
from mooring.clinic.imports.unread import newest_first
from mooring.clinic.people.text import made_visible
from mooring.core.measures import LOINC_NOTICE


@allow("patient.view")
@require_safe
def import_batch(request: HttpRequest, batch_id: UUID) -> HttpResponse:
    """One received file: counts, and every resource kept beside the chart with its reason."""
    batch = get_object_or_404(
        ImportBatch.objects.select_related("patient").defer("content", "packed"), pk=batch_id
    )
    kept = newest_first(batch.kept.defer("content"))
    by_reason = groupby(sorted(kept, key=_kind_and_reason), key=_kind_and_reason)
    context = {
        "batch": batch,
        "patient": batch.patient,
        "missed": [row for row in kept if row.concern not in ("", Concern.SCALE)],
        "groups": [(kind, reason, list(rows)) for (kind, reason), rows in by_reason],
        "loinc": LOINC_NOTICE,
    }
    return render(request, "imports/import.html", context)


def _kind_and_reason(row: KeptResource) -> tuple[str, str]:
    return row.resource_type, row.reason


@allow("patient.view")
@require_safe
def import_file(request: HttpRequest, batch_id: UUID) -> HttpResponse:  # noqa: ARG001
    """The file as received, to save; never shown as a page."""
    batch = get_object_or_404(ImportBatch.objects.select_related("patient"), pk=batch_id)
    return HttpResponse(
        batch.received,
        content_type="application/fhir+json",
        headers={"Content-Disposition": f'attachment; filename="import-{batch.pk}.json"'},
    )


@allow("patient.view")
@require_safe
def kept_resource(request: HttpRequest, kept_id: UUID) -> HttpResponse:
    """One kept resource, as received."""
    kept = get_object_or_404(KeptResource.objects.select_related("batch", "patient"), pk=kept_id)
    facts = {
        "kept": kept,
        "patient": kept.patient,
        # Characters that change the reading direction are shown by their number, not obeyed.
        "content": made_visible(kept.content),
        "loinc": LOINC_NOTICE,
    }
    return render(request, "imports/kept.html", facts)
