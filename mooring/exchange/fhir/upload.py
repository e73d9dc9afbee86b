"""The page that takes a file in."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mooring.clinic import web
from mooring.clinic.doors import allow
from mooring.clinic.imports.models import ImportBatch, WaitingFile
from mooring.clinic.permissions import allowed
from mooring.exchange.fhir.importing import import_bytes
from mooring.exchange.fhir.parsing import LARGEST
from mooring.exchange.fhir.unfit import ImportRefusedError


class UploadForm(forms.Form):
    """One FHIR bundle."""

    file = forms.FileField(
        label="FHIR R4 bundle of one patient, in JSON",
        max_length=500,
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
        help_text="At most 50 MB. The whole file is taken in, or nothing of it.",
        error_messages={"empty": "The file is empty; a FHIR bundle in JSON is needed."},
    )


@allow("record.import")
@require_http_methods(["GET", "HEAD", "POST"])
def patient_import(request: HttpRequest) -> HttpResponse:
    """Take in one file, and show what became of it."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        taken = _take_in(request, form)
        if taken is not None:
            return _after(request, taken)
    return render(request, "imports/new.html", {"form": form})


def _take_in(request: HttpRequest, form: UploadForm) -> ImportBatch | WaitingFile | None:
    file = cast("UploadedFile[bytes]", form.cleaned_data["file"])
    try:
        return import_bytes(
            file.read(LARGEST + 1), file.name or "", web.actor(request), now=web.now()
        )
    except ImportRefusedError as refusal:
        form.add_error("file", str(refusal))
        return None


def _after(request: HttpRequest, taken: ImportBatch | WaitingFile) -> HttpResponse:
    """The file's page for who may see charts; else the same page with a word that it is done."""
    waits = isinstance(taken, WaitingFile)
    may = allowed(cast(Any, request.user).roles, "record.change" if waits else "patient.view")
    if may:
        return redirect("import_compare" if waits else "import", taken.pk)
    said = "waits until somebody in care has compared it with the chart" if waits else "is imported"
    messages.success(request, f"{taken.file_name} {said}.", extra_tags="met")
    return redirect("patient_import")
