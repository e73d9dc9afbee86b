"""FHIR dates and times. A malformed one is refused, never replaced."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, tzinfo

from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.unfit import UnfitError

EARLIEST_YEAR = 1850
_SHAPE = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d)"
    r"(?P<time>T\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d))?)?)?",
    re.ASCII,
)


@dataclass(frozen=True)
class FhirDate:
    """A date as precise as it was given."""

    day: date | None
    """The day as written at its source; None when only a year or a month is given."""
    moment: datetime | None
    """The moment in UTC; None when no time of day is given."""

    def moment_or_noon(self, zone: tzinfo) -> datetime | None:
        """The moment, or noon of the day in that zone; None when there is not even a day."""
        if self.moment is not None or self.day is None:
            return self.moment
        return datetime.combine(self.day, time(12), zone).astimezone(UTC)


def read_date(element: Element, name: str) -> FhirDate | None:
    """A date or dateTime field. Raises UnfitError when it is not one, or before 1850."""
    text = element.text(name)
    if text is None:
        return None
    try:
        return _parse(text)
    except ValueError:
        raise UnfitError(
            element.place / name,
            "a date such as 2024, 2024-05, 2024-05-31 or 2024-05-31T14:30:00+02:00 is needed,"
            f" not before {EARLIEST_YEAR}",
        ) from None


def _parse(text: str) -> FhirDate:
    shape = _SHAPE.fullmatch(text)
    if shape is None or int(shape["year"]) < EARLIEST_YEAR or text.startswith("9999"):
        raise ValueError
    if shape["day"] is None:
        date(int(shape["year"]), int(shape["month"] or 1), 1)
        return FhirDate(None, None)
    day = date.fromisoformat(text[:10])
    if shape["time"] is None:
        return FhirDate(day, None)
    return FhirDate(day, datetime.fromisoformat(_microseconds(text)).astimezone(UTC))


def _microseconds(text: str) -> str:
    """Python keeps six decimals of a second."""
    return re.sub(r"(\.\d{6})\d+", r"\1", text)
