"""The pages on which a waiting file is compared with a chart, merged, or set aside.

They stand on this floor because a file is read anew each time: what is shown is what is written.
"""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from mooring.clinic import web
from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.imports import merging
from mooring.clinic.imports.actions import Received
from mooring.clinic.imports.compare_form import AsideForm, CompareForm
from mooring.clinic.imports.comparing import How, compare
from mooring.clinic.imports.models import WaitingFile
from mooring.clinic.people.forms import add_refusal
from mooring.clinic.people.models import Patient
from mooring.exchange.fhir.importing import import_bytes
from mooring.exchange.fhir.parsing import LARGEST
from mooring.exchange.fhir.received import read_content
from mooring.exchange.fhir.unfit import ImportRefusedError, UnfitError
from mooring.exchange.fhir.upload import UploadForm


@allow("record.change")
@require_http_methods(["GET", "HEAD", "POST"])
def import_into(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Take in a file for the chart that a person has chosen: it is compared first."""
    patient = get_object_or_404(Patient, pk=patient_id)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = cast("UploadedFile[bytes]", form.cleaned_data["file"])
        content, name = file.read(LARGEST + 1), file.name or ""
        try:
            taken = import_bytes(content, name, web.actor(request), web.now(), into=patient)
            return redirect("import_compare", taken.pk)
        except ImportRefusedError as refusal:
            form.add_error("file", str(refusal))
    return render(request, "imports/into.html", {"form": form, "patient": patient})


@allow("record.change")
@require_http_methods(["GET", "HEAD", "POST"])
def import_compare(request: HttpRequest, waiting_id: UUID) -> HttpResponse:
    """The file beside the chart, entry by entry, and one button that writes what was chosen."""
    waiting = _waiting_or_404(waiting_id)
    if waiting.closed_at is not None:
        return render(request, "imports/compared.html", _about(waiting))
    received = _read(waiting)
    if received is None:
        facts = {**_about(waiting), "unread": True}
        return render(request, "imports/compared.html", facts, status=409)
    compared = compare(waiting.patient, received)
    form = CompareForm(compared, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            batch = merging.merge_file(
                web.actor(request), waiting=waiting, received=received, now=web.now(),
                **form.chosen(),
            )  # fmt: skip
        except RefusedError as refusal:
            if str(refusal) == merging.CHANGED:
                form = CompareForm(compared)
                messages.warning(request, merging.CHANGED, extra_tags="caution")
            else:
                add_refusal(form, refusal)
        else:
            messages.success(request, "Merged into the chart.", extra_tags="met")
            return redirect("import", batch.pk)
    facts = {**_about(waiting), "form": form, "compared": compared, "here": compared.of(How.HERE)}
    status = 422 if request.method == "POST" else 200
    return render(request, "imports/compare.html", facts, status=status)


@allow("record.change")
@require_http_methods(["GET", "HEAD", "POST"])
def import_aside(request: HttpRequest, waiting_id: UUID) -> HttpResponse:
    """Take nothing of the file, with the reason."""
    waiting = _waiting_or_404(waiting_id)
    form = AsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            by, why = web.actor(request), form.cleaned_data["why"]
            merging.set_aside(by, waiting=waiting, why=why, now=web.now())
        except RefusedError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, "Set aside. Nothing of it is in the chart.", extra_tags="met")
            return redirect("patient", waiting.patient.pk)
    facts = {**_about(waiting), "form": form}
    return render(request, "imports/aside.html", facts, status=422 if form.errors else 200)


@allow("record.change")
@require_POST
def import_own(request: HttpRequest, waiting_id: UUID) -> HttpResponse:
    """The file is of another person of this name and birth date: open a chart for them."""
    waiting = _waiting_or_404(waiting_id)
    received = _read(waiting)
    try:
        if received is None:
            raise RefusedError("The file can no longer be read.")
        batch = merging.open_own_chart(
            web.actor(request), waiting=waiting, received=received, now=web.now()
        )
    except RefusedError as refusal:
        messages.warning(request, str(refusal), extra_tags="caution")
        return redirect("import_compare", waiting.pk)
    return redirect("import", batch.pk)


def _waiting_or_404(waiting_id: UUID) -> WaitingFile:
    rows = WaitingFile.objects.select_related("patient", "closed_by")
    return get_object_or_404(rows, pk=waiting_id)


def _about(waiting: WaitingFile) -> dict[str, object]:
    return {"waiting": waiting, "patient": waiting.patient}


def _read(waiting: WaitingFile) -> Received | None:
    """The file as it reads now; None where a newer build refuses what an older one took in."""
    try:
        return read_content(waiting.received, waiting.file_name, waiting.received_at)
    except UnfitError:
        return None
