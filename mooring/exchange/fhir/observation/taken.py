"""When an observation was made."""

from __future__ import annotations

from datetime import datetime, timedelta

from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.reading import Context

HOLDS = ("final", "amended", "corrected")
"""The statuses of a finished result."""
ABOUT_ANOTHER = "It is about something other than the patient, such as an unborn child."
_CLOCKS_DIFFER = timedelta(days=1)


def taken_at(resource: Element, context: Context) -> tuple[datetime, str] | str:
    """The moment and what its origin has to say about it; else why there is none."""
    name = "effectiveInstant" if "effectiveInstant" in resource else "effectiveDateTime"
    effective = read_date(resource, name)
    if effective is None:
        return "It does not say when it was measured."
    moment = effective.moment_or_noon(context.zone)
    if moment is None:
        return "It does not say on which day it was measured."
    if moment > context.now + _CLOCKS_DIFFER:
        return "It is dated in the future."
    return moment, "" if effective.moment else "no time of day given"
