"""Condition → a diagnosis or finding of the chart."""

from __future__ import annotations

from mooring.clinic.people.models import Condition
from mooring.exchange.fhir import coded, statuses
from mooring.exchange.fhir.coding import read_concept
from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over
from mooring.exchange.fhir.systems import ABSENT

RESOURCE_TYPE = "Condition"
_READ = (
    "code", "clinicalStatus", "verificationStatus", "onsetDateTime", "abatementDateTime",
    "recordedDate",
)  # fmt: skip


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """Codes, words, clinical status, and the days of onset and end where they are dates."""
    concept = read_concept(resource.child("code"))
    if concept is None:
        return coded.NEITHER
    stops = coded.withdrawn(resource) or coded.nothing_known(concept)
    if stops is not None:
        return stops
    if any(each["system"] == ABSENT and each["code"] == "no-known-problems"
           for each in concept.codings):  # fmt: skip
        return NotUnderstood("It says that no problems are known; the interview asks for each.")
    onset, end = read_date(resource, "onsetDateTime"), read_date(resource, "abatementDateTime")
    row = Condition(
        **coded.columns(
            concept,
            context,
            status=statuses.clinical(resource),
            origin=coded.recorded_there(resource),
        ),
        since=onset.day if onset else None,
        until=end.day if end else None,
    )
    unread = left_over(resource, *_READ)
    dates = coded.imprecise(resource, "onsetDateTime", "abatementDateTime")
    return Reading((row,), (*unread, *statuses.unread(resource), *dates))
