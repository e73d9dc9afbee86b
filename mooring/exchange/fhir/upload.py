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
from mooring.clinic.imports.models import ImportBatch
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
        batch = _take_in(request, form)
        if batch is not None:
            return _after(request, batch)
    return render(request, "imports/new.html", {"form": form})


def _take_in(request: HttpRequest, form: UploadForm) -> ImportBatch | None:
    file = cast("UploadedFile[bytes]", form.cleaned_data["file"])
    try:
        return import_bytes(
            file.read(LARGEST + 1), file.name or "", web.actor(request), now=web.now()
        )
    except ImportRefusedError as refusal:
        form.add_error("file", str(refusal))
        return None


def _after(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """The file's page for who may see charts; else the same page with a word that it is done."""
    if allowed(cast(Any, request.user).roles, "patient.view"):
        return redirect("import", batch.pk)
    messages.success(request, f"{batch.file_name} is imported.", extra_tags="met")
    return redirect("patient_import")
