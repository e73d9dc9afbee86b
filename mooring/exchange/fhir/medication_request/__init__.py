"""MedicationRequest → a medicine of the chart."""

from __future__ import annotations

from mooring.clinic.people.models import Medication
from mooring.exchange.fhir import coded
from mooring.exchange.fhir.coding import SUBSTANCES
from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.dosage import dose_words
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.medicine import FIELDS, contained_left_over, medicine
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over

RESOURCE_TYPE = "MedicationRequest"
_NOT_ORDERED = ("proposal", "plan", "option")
_READ = ("status", "intent", "doNotPerform", "authoredOn", "dosageInstruction", *FIELDS)


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """Medicine, status, day of the order, and the dose as far as it is said in plain terms."""
    reason = _not_a_medicine_taken(resource)
    if reason is not None:
        return NotUnderstood(reason, taken_back=True)
    concept = medicine(resource, context)
    if isinstance(concept, NotUnderstood):
        return concept
    stops = coded.nothing_known(concept)
    if stops is not None:
        return stops
    ordered = read_date(resource, "authoredOn")
    dose, dose_left_over = dose_words(resource, "dosageInstruction")
    row = Medication(
        **coded.columns(
            concept,
            context,
            status=resource.text("status", most=40),
            preferred=SUBSTANCES,
            origin=coded.recorded_there(resource),
        ),
        dose=dose,
        since=ordered.day if ordered else None,
    )
    unread = (*left_over(resource, *_READ), *contained_left_over(resource))
    dates = coded.imprecise(resource, "authoredOn")
    return Reading((row,), (*unread, *dose_left_over, *dates))


def _not_a_medicine_taken(resource: Element) -> str | None:
    intent = resource.text("intent", most=40)
    if intent in _NOT_ORDERED:
        return f"Its intent is {intent}: nothing was ordered."
    if resource.flag("doNotPerform"):
        return "It says that this medicine is not to be given."
    if resource.text("status") == "entered-in-error":
        return "Its status is entered-in-error: the source does not hold it true."
    return None
