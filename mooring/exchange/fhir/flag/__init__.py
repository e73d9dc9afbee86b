"""Flag → an allergy or a finding of the chart, in the flag's own words."""

from __future__ import annotations

import re

from mooring.clinic.people.models import Allergy, CodedRow, Condition
from mooring.exchange.fhir import coded
from mooring.exchange.fhir.coding import FINDINGS, SUBSTANCES, codes, read_concept
from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over

RESOURCE_TYPE = "Flag"
_ALLERGY = re.compile(r"allerg|anaphyla|intoleran|hypersensitiv|\bn(?:kd|k)a\b", re.IGNORECASE)
_CATEGORIES = "http://terminology.hl7.org/CodeSystem/flag-category"
# Flags about visits and addresses say nothing of the patient's health.
_NOT_CLINICAL = {"admin", "contact", "location"}
_READ = ("status", "code", "period")


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """Codes and words, status, and the days of its period."""
    status = resource.text("status", most=40)
    if status == "entered-in-error":
        reason = "Its status is entered-in-error: the source does not hold it true."
        return NotUnderstood(reason, taken_back=True)
    concept = read_concept(resource.child("code"))
    if concept is None:
        return coded.NEITHER
    said = " ".join(filter(None, (concept.text, *(each["display"] for each in concept.codings))))
    allergy = _ALLERGY.search(said) is not None
    if not allergy and _categories(resource) & _NOT_CLINICAL:
        return NotUnderstood("It is a flag about the visit, not about the patient's health.")
    kind: type[CodedRow] = Allergy if allergy else Condition
    preferred = SUBSTANCES if allergy else FINDINGS
    period = resource.child("period")
    start, end = (read_date(period, name) if period else None for name in ("start", "end"))
    row = kind(
        **coded.columns(
            concept, context, status=status, preferred=preferred, origin=("a flag of that record",)
        ),
        since=start.day if start else None,
        until=end.day if end else None,
    )
    dates = coded.imprecise(period, "start", "end") if period else ()
    unread = left_over(resource, *_READ)
    return Reading((row,), (*unread, *(f"period.{name}" for name in dates)))


def _categories(resource: Element) -> set[str]:
    return {code for each in resource.children("category") for code in codes(each, _CATEGORIES)}
