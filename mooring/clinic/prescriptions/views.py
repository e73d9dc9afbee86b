"""Prescriptions: written from a signed order, shown, handed on as text or PDF, voided."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from mooring.clinic import web
from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.models import Order
from mooring.clinic.doors import allow
from mooring.clinic.people.forms import add_refusal
from mooring.clinic.prescriptions import actions, paper, standing
from mooring.clinic.prescriptions.forms import KEPT, PrescriptionForm
from mooring.clinic.prescriptions.models import SignedPrescription, TakeHomeSwitch
from mooring.clinic.prescriptions.reasons import ReasonForm
from mooring.clinic.prescriptions.record import GATES
from mooring.clinic.prescriptions.switch import (
    switch_stands,
    switch_take_home,
    take_home_switched_on,
)
from mooring.core.drugs import prescription as prescribed

CLAIMS = (
    "spravato-label.driving", "spravato-label.cns-depressants", "choice.take-home-locked",
    "michigan-338-3161.elements", "cfr-1306.six-months", "cfr-1306.signed",
    "openfda-ndc.schedule",
)  # fmt: skip
"""Behind the label's lines, the elements, the limits and the schedule."""
KINDS = ("nasal_spray", "by_mouth")
"""Orders whose product a pharmacy makes for the patient."""


@allow("prescription.sign")
@require_http_methods(["GET", "HEAD", "POST"])
def prescription_new(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Type what no order holds, read the whole, sign it."""
    order = get_object_or_404(Order.objects.select_related("course__patient"), pk=order_id)
    if order.kind not in KINDS:
        raise Http404("Only what a pharmacy makes is prescribed here.")
    by, moment = cast(User, request.user), web.now()
    today = clinic_day(moment)
    form = PrescriptionForm(order, today, request.POST or None, initial=begun(order, by))
    read, sections, no_letters = "", None, ""
    if request.method == "POST" and form.is_valid():
        prescription = form.prescription(by, today)
        read, sections = mark_of(prescription), prescribed.sections(prescription)
        no_letters = paper.missing_letters(sections)
        if request.POST.get("read") == read:
            try:
                kept = {name: form.cleaned_data[name] for name in KEPT}
                signed = actions.sign(
                    web.actor(request), order=order, prescription=prescription,
                    gates=form.gates(), typed=kept, now=moment,
                )  # fmt: skip
                return redirect("prescription", signed.pk)
            except RefusedError as refusal:
                add_refusal(form, refusal)
    facts = {
        "order": order,
        "patient": order.course.patient,
        "form": form,
        "read": read,
        "sections": sections,
        "no_letters": no_letters,
        "home_on": take_home_switched_on(),
        "standing": standing.prescriptions(order.course.patient, today),
    }
    status = 422 if form.errors else 200
    return render(request, "prescriptions/new.html", facts, status=status)


def mark_of(prescription: prescribed.Prescription) -> str:
    """Tells whether the prescription that is signed is the one that was read."""
    return hashlib.sha256(prescribed.text(prescription).encode()).hexdigest()


def begun(order: Order, by: User) -> dict[str, Any]:
    """What was written before: of this patient, of this prescriber, of this clinic."""
    signed = SignedPrescription.objects.filter(voided=None)
    own = signed.filter(order__course__patient=order.course.patient).first()
    mine, any_one = signed.filter(signed_by=by).first(), signed.first()
    found = {
        "clinic_address": any_one,
        "clinic_telephone": any_one,
        "registration": mine,
        "patient_address": own,
        "indication": own,
    }
    return {name: row.typed[name] for name, row in found.items() if row is not None}


@allow("prescription.view")
@require_safe
def prescription(request: HttpRequest, prescription_id: UUID) -> HttpResponse:
    """A signed prescription as it reads."""
    shown = shown_or_404(prescription_id)
    return page(request, shown)


def page(
    request: HttpRequest, shown: SignedPrescription, no_letters: str = "", status: int = 200
) -> HttpResponse:
    """The prescription with its gates; `no_letters` are those that the sheet cannot show."""
    turned = TakeHomeSwitch.objects.select_related("changed_by").last()
    facts = {
        "shown": shown,
        "patient": shown.order.course.patient,
        "order": shown.order,
        "no_letters": no_letters,
        "turned_off": turned if shown.at_home and turned is not None and not turned.on else None,
        "gates": [{**gate, "on": gate["on"] and date.fromisoformat(gate["on"])}
                  for gate in shown.gates],
        "claims": CLAIMS,
    }  # fmt: skip
    return render(request, "prescriptions/prescription.html", facts, status=status)


@allow("prescription.view")
@require_safe
def prescription_text(
    request: HttpRequest,  # noqa: ARG001
    prescription_id: UUID,
) -> HttpResponse:
    """The prescription as plain text, as it was signed."""
    shown = shown_or_404(prescription_id)
    voiding = shown.voiding
    void = f"VOID: {voiding.reason}\n\n" if voiding else ""
    foot = "\n".join(paper.closing(shown))
    body = f"{void}Prescription {shown.number}\n\n{shown.text}\n{foot}\n"
    return HttpResponse(body, content_type="text/plain; charset=utf-8")


@allow("prescription.view")
@require_safe
def prescription_pdf(request: HttpRequest, prescription_id: UUID) -> HttpResponse:
    """The prescription as a sheet to print and sign by hand."""
    shown = shown_or_404(prescription_id)
    try:
        body = paper.pdf(shown)
    except paper.MissingLettersError as lacking:
        return page(request, shown, lacking.letters, status=422)
    named = f'inline; filename="prescription-{shown.number}.pdf"'
    return HttpResponse(
        body, content_type="application/pdf", headers={"Content-Disposition": named}
    )


@allow("prescription.sign")
@require_http_methods(["GET", "HEAD", "POST"])
def prescription_void(request: HttpRequest, prescription_id: UUID) -> HttpResponse:
    """Take a prescription back, with the reason."""
    shown = shown_or_404(prescription_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.void(web.actor(request), prescription=shown, now=web.now(), **form.cleaned_data)
            return redirect("prescription", shown.pk)
        except RefusedError as refusal:
            add_refusal(form, refusal)
    facts = {"shown": shown, "patient": shown.order.course.patient, "form": form}
    status = 422 if form.errors else 200
    return render(request, "prescriptions/void.html", facts, status=status)


@allow("take_home.switch")
@require_http_methods(["GET", "HEAD", "POST"])
def take_home(request: HttpRequest) -> HttpResponse:
    """The clinic's switch for home use: how it stands, who turned it, and turning it."""
    on, form = take_home_switched_on(), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            switch_take_home(web.actor(request), on=not on, now=web.now(), **form.cleaned_data)
            return redirect("take_home")
        except RefusedError as refusal:
            add_refusal(form, refusal)
    rows = TakeHomeSwitch.objects.select_related("changed_by").order_by("-changed_at")
    facts: dict[str, Any] = {
        "on": on,
        "form": form,
        "stands": switch_stands(),
        "rows": rows,
        "policy": GATES,
        "home": standing.current(clinic_day(web.now())).filter(at_home=True),
    }
    status = 422 if form.errors else 200
    patients = facts["home"].values_list("order__course__patient")
    web.listed(request, "prescriptions for home", patients.distinct().count())
    return render(request, "prescriptions/take_home.html", facts, status=status)


def shown_or_404(prescription_id: UUID) -> SignedPrescription:
    """The prescription with what its pages show."""
    rows = SignedPrescription.objects.select_related(
        "order__course__patient", "signed_by", "voided__voided_by"
    )
    return get_object_or_404(rows, pk=prescription_id)
