"""Of several names, numbers or telephones, the one that holds now: by use and by period."""

from __future__ import annotations

from datetime import date

from mooring.exchange.fhir import hygiene
from mooring.exchange.fhir.dates import FhirDate, read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.unfit import UnfitError

OLD = "old"


def candidates(resource: Element, name: str) -> list[Element]:
    """The items of a list that may be read: none that a modifier may turn round."""
    return [each for each in resource.children(name) if hygiene.modifier(each.data) is None]


def is_over(element: Element, today: date) -> bool:
    """True for what is old, has ended, or has not begun."""
    if element.text("use", most=20) == OLD:
        return True
    period = element.child("period")
    if period is None:
        return False
    start, end = _day(period, "start"), _day(period, "end")
    return (end is not None and end < today) or (start is not None and start > today)


def _day(period: Element, name: str) -> date | None:
    """The day of a bound; the first of January or of the month where it is no full date."""
    try:
        read: FhirDate | None = read_date(period, name)
    except UnfitError:
        return None
    if read is None or read.day is not None:
        return read.day if read else None
    year, _, month = (period.text(name) or "").partition("-")
    return date(int(year), int(month or 1), 1)
