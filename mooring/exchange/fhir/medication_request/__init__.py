"""MedicationRequest → a medicine of the chart."""

from __future__ import annotations

from mooring.clinic.people.models import Medication
from mooring.exchange.fhir.coded import coded_values
from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.medication_request.dosage import dose_words
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over

RESOURCE_TYPE = "MedicationRequest"
_NOT_ORDERED = ("proposal", "plan", "option")


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """Medicine, status, day of the order, and the dose as far as it is said in plain terms."""
    reason = _not_a_medicine_taken(resource)
    if reason is not None:
        return NotUnderstood(reason)
    status = resource.text("status", most=40) or "unknown"
    values = coded_values(resource, _medicine(resource, context), context, status)
    if isinstance(values, NotUnderstood):
        return values
    ordered = read_date(resource, "authoredOn")
    dose, dose_left_over = dose_words(resource)
    row = Medication(**values.columns, dose=dose, since=ordered.day if ordered else None)
    unread = left_over(
        resource, "status", "intent", "doNotPerform", "authoredOn", "dosageInstruction",
        "medicationCodeableConcept", "medicationReference", "contained",
    )  # fmt: skip
    return Reading((row,), (*values.left_over, *unread, *dose_left_over))


def _not_a_medicine_taken(resource: Element) -> str | None:
    intent = resource.text("intent", most=40)
    if intent in _NOT_ORDERED:
        return f"Its intent is {intent}: nothing was ordered."
    if resource.flag("doNotPerform"):
        return "It says that this medicine is not to be given."
    if resource.text("status") == "entered-in-error":
        return "Its status is entered-in-error: the source does not hold it true."
    return None


def _medicine(resource: Element, context: Context) -> Element | None:
    """The concept of the medicine, followed into the bundle where it is given by reference."""
    link = resource.child("medicationReference")
    if link is None:
        return resource.child("medicationCodeableConcept")
    reference = link.text("reference", most=2000) or ""
    found = _contained(resource, reference) or context.find(reference)
    return found.child("code") if found else None


def _contained(resource: Element, reference: str) -> Element | None:
    for inner in resource.children("contained"):
        if reference == f"#{inner.text('id')}":
            return inner
    return None
