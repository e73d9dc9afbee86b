"""Condition → a diagnosis or finding of the chart."""

from __future__ import annotations

from mooring.clinic.people.models import Condition
from mooring.exchange.fhir.coded import coded_values, withdrawn
from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over

RESOURCE_TYPE = "Condition"


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """Code, words, clinical status, and the days of onset and end where they are dates."""
    reason = withdrawn(resource)
    if reason is not None:
        return NotUnderstood(reason)
    values = coded_values(resource, resource.child("code"), context)
    if isinstance(values, NotUnderstood):
        return values
    onset = read_date(resource, "onsetDateTime")
    end = read_date(resource, "abatementDateTime")
    row = Condition(
        **values.columns, since=onset.day if onset else None, until=end.day if end else None
    )
    unread = left_over(
        resource, "code", "clinicalStatus", "verificationStatus", "onsetDateTime",
        "abatementDateTime", "recordedDate",
    )  # fmt: skip
    imprecise = tuple(
        f"{name} (no full date)"
        for name, read in (("onsetDateTime", onset), ("abatementDateTime", end))
        if read is not None and read.day is None
    )
    return Reading((row,), (*values.left_over, *unread, *imprecise))
