"""AllergyIntolerance → an allergy or intolerance of the chart."""

from __future__ import annotations

from mooring.clinic.people.models import Allergy
from mooring.exchange.fhir.coded import coded_values, withdrawn
from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over

RESOURCE_TYPE = "AllergyIntolerance"


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """Code, words, clinical status and day of onset. Criticality and reactions are left over."""
    reason = withdrawn(resource)
    if reason is not None:
        return NotUnderstood(reason)
    values = coded_values(resource, resource.child("code"), context)
    if isinstance(values, NotUnderstood):
        return values
    onset = read_date(resource, "onsetDateTime")
    row = Allergy(**values.columns, since=onset.day if onset else None)
    unread = left_over(
        resource, "code", "clinicalStatus", "verificationStatus", "onsetDateTime", "recordedDate"
    )
    return Reading((row,), (*values.left_over, *unread))
