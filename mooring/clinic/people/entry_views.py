"""One entry of the chart: what it says, what stood there before, and its corrections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mooring.clinic import web
from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.people import corrections
from mooring.clinic.people.changes import is_over
from mooring.clinic.people.corrections import ENDS, ROWS
from mooring.clinic.people.entries import NAMES, Taken, earlier, name
from mooring.clinic.people.entry_forms import (
    CorrectMeasurementForm,
    EndForm,
    StrikeForm,
    correct_form,
)
from mooring.clinic.people.forms import add_refusal
from mooring.clinic.people.models import CodedRow, Measurement, Patient, RecordRow
from mooring.clinic.people.plausible import KINDS
from mooring.clinic.people.stood import entry_stands


@allow("patient.view")
@require_safe
def record_entry(request: HttpRequest, patient_id: UUID, kind: str, entry_id: UUID) -> HttpResponse:
    """What an entry says and where it came from; what stood there before, and what does now."""
    row = entry_or_404(patient_id, kind, entry_id)
    facts = {
        **about(row, kind),
        "taken": None if row.withdrawn_at is None else Taken(row),
        "earlier": earlier(row),
        "may_end": kind in ENDS and not is_over(row),
        "may_correct": not isinstance(row, Measurement) or row.code in KINDS,
        "today": clinic_day(web.now()),
    }
    return render(request, "people/record_entry.html", facts)


@allow("record.change")
@require_http_methods(["GET", "HEAD", "POST"])
def entry_end(request: HttpRequest, patient_id: UUID, kind: str, entry_id: UUID) -> HttpResponse:
    """Say that a condition, medicine or allergy is over."""
    row = entry_or_404(patient_id, kind, entry_id)
    if not isinstance(row, CodedRow):
        raise Http404(kind)
    form = EndForm(row, request.POST or None, initial={"status": ENDS[kind][0]})

    def save() -> RecordRow:
        values = form.cleaned_data
        return corrections.end_entry(web.actor(request), row=row, now=web.now(), **values)

    return _form(request, row, form, save, {"verb": "End"})


@allow("record.change")
@require_http_methods(["GET", "HEAD", "POST"])
def entry_correct(
    request: HttpRequest, patient_id: UUID, kind: str, entry_id: UUID
) -> HttpResponse:
    """Put an entry as it should have been in the place of what stands."""
    row = entry_or_404(patient_id, kind, entry_id)
    if isinstance(row, Measurement) and row.code not in KINDS:
        raise Http404(row.code)
    form = correct_form(row, request.POST or None)

    def save() -> RecordRow:
        by, why = web.actor(request), form.cleaned_data["why"]
        return corrections.correct_entry(by, row=row, anew=form.anew(), why=why, now=web.now())

    return _form(request, row, form, save, {"verb": "Correct"})


@allow("record.change")
@require_http_methods(["GET", "HEAD", "POST"])
def entry_strike(request: HttpRequest, patient_id: UUID, kind: str, entry_id: UUID) -> HttpResponse:
    """Say that an entry never was so, or is another patient's."""
    row = entry_or_404(patient_id, kind, entry_id)
    form = StrikeForm(request.POST or None)

    def save() -> RecordRow:
        values = form.cleaned_data
        return corrections.strike_entry(web.actor(request), row=row, now=web.now(), **values)

    return _form(request, row, form, save, {"verb": "Strike"})


def entry_or_404(patient_id: UUID, kind: str, entry_id: UUID) -> RecordRow:
    """The entry of this patient, whether it stands or not."""
    model = ROWS.get(kind)
    if model is None:
        raise Http404(kind)
    patient = get_object_or_404(Patient, pk=patient_id)
    rows = model.everything.select_related("patient", "withdrawn_by", "replaced_by")
    row: RecordRow = get_object_or_404(rows, pk=entry_id, patient=patient)
    return row


def about(row: RecordRow, kind: str) -> dict[str, Any]:
    """What every page of an entry shows."""
    called = {"kind": kind, "kind_name": NAMES[kind], "called": name(row)}
    return {"row": row, "patient": row.patient, **called}


SAID = {"End": "Ended.", "Correct": "Corrected.", "Strike": "Struck."}


def _form(
    request: HttpRequest,
    row: RecordRow,
    form: forms.Form,
    save: Callable[[], RecordRow],
    facts: dict[str, str],
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except RefusedError as refusal:
            if isinstance(form, CorrectMeasurementForm) and refusal.field == "doubt_settled":
                form.offer_doubt_settled()
            add_refusal(form, refusal)
        else:
            kept = "What stood there stays readable."
            messages.success(request, f"{SAID[facts['verb']]} {kept}", extra_tags="met")
            return redirect("patient", row.patient.pk)
    kind = corrections.kind_of(row)
    context = {**about(row, kind), **facts, "form": form, "taken": None}
    context["stands"] = entry_stands(row)
    if row.withdrawn_at is not None:
        context["taken"] = Taken(row)
    return render(request, "people/entry_change.html", context, status=422 if form.errors else 200)
