"""Composition → what its sections say is empty: "no known allergies", "no medicines".

The sections of a document name the entries that are read by themselves. What stands in a section's
own words is kept.
"""

from __future__ import annotations

from collections.abc import Iterator

from mooring.clinic.people.models import Allergy, CodedRow, Medication
from mooring.exchange.fhir import coded
from mooring.exchange.fhir.coding import Coding, Concept, codes
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over
from mooring.exchange.fhir.systems import ABSENT, LOINC

RESOURCE_TYPE = "Composition"
_EMPTY = "http://terminology.hl7.org/CodeSystem/list-empty-reason"
# The sections of the International Patient Summary that a list of the chart belongs to.
_LISTS: dict[str, tuple[type[CodedRow], Coding]] = {
    "48765-2": (
        Allergy,
        {"system": ABSENT, "code": "no-known-allergies", "display": "No known allergies"},
    ),
    "10160-0": (
        Medication,
        {"system": ABSENT, "code": "no-known-medications", "display": "No known medications"},
    ),
}
_READ = ("status", "type", "title", "date", "section", "confidentiality", "custodian", "attester")


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """A row that says "none" for each section that the source left empty for that reason."""
    if resource.text("status", most=40) == "entered-in-error":
        reason = "Its status is entered-in-error: the source does not hold it true."
        return NotUnderstood(reason, taken_back=True)
    rows = tuple(_empty_lists(resource, context))
    words = ("the text of its sections",) if _has_words(resource) else ()
    return Reading(rows, (*left_over(resource, *_READ), *words))


def _empty_lists(resource: Element, context: Context) -> Iterator[CodedRow]:
    for section in resource.children("section"):
        if "nilknown" not in codes(section.child("emptyReason"), _EMPTY):
            continue
        for code in sorted(codes(section.child("code"), LOINC) & _LISTS.keys()):
            kind, none = _LISTS[code]
            concept = Concept(none["display"] or "", (none,))
            yield kind(**coded.columns(concept, context, status="active"))


def _has_words(resource: Element) -> bool:
    return any(
        "text" in section or "section" in section for section in resource.children("section")
    )
