"""MedicationStatement → a medicine of the chart, as somebody said that it is taken."""

from __future__ import annotations

from mooring.clinic.people.models import Medication
from mooring.core.words import day
from mooring.exchange.fhir import coded
from mooring.exchange.fhir.coding import SUBSTANCES
from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.dosage import dose_words
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.medicine import FIELDS, contained_left_over, medicine
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over

RESOURCE_TYPE = "MedicationStatement"
_READ = ("status", "effectiveDateTime", "effectivePeriod", "dateAsserted", "dosage", *FIELDS)


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """Medicine, status, the days it is taken from and until, and the dose in plain terms."""
    status = resource.text("status", most=40)
    if status == "entered-in-error":
        reason = "Its status is entered-in-error: the source does not hold it true."
        return NotUnderstood(reason, taken_back=True)
    concept = medicine(resource, context)
    if isinstance(concept, NotUnderstood):
        return concept
    stops = coded.nothing_known(concept)
    if stops is not None:
        return stops
    period = resource.child("effectivePeriod")
    since = read_date(period, "start") if period else read_date(resource, "effectiveDateTime")
    until = read_date(period, "end") if period else None
    dose, dose_left_over = dose_words(resource, "dosage")
    row = Medication(
        **coded.columns(
            concept, context, status=status, preferred=SUBSTANCES, origin=_asserted(resource)
        ),
        dose=dose,
        since=since.day if since else None,
        until=until.day if until else None,
    )
    unread = (*left_over(resource, *_READ), *contained_left_over(resource), *dose_left_over)
    return Reading((row,), (*unread, *_imprecise(resource, period)))


def _asserted(resource: Element) -> tuple[str, ...]:
    said = read_date(resource, "dateAsserted")
    return (f"stated there {day(said.day)}",) if said is not None and said.day else ()


def _imprecise(resource: Element, period: Element | None) -> tuple[str, ...]:
    found = coded.imprecise(resource, "effectiveDateTime")
    if period is None:
        return found
    return (
        *found,
        *(f"effectivePeriod.{name}" for name in coded.imprecise(period, "start", "end")),
    )
