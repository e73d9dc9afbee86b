"""Filters for words and numbers on screens."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.template.defaultfilters import date as django_date
from django.utils import timezone

from mooring.clinic.clock.doubled import offset_if_doubled
from mooring.core.quantities import nearest as to_nearest

register = template.Library()


@register.filter("date", expects_localtime=True, is_safe=False)
def date_and_offset(value: datetime | date | None, arg: str | None = None) -> str:
    """Django's filter of this name; a time in the hour that comes twice says its offset too."""
    if isinstance(value, datetime) and value.tzinfo is not None and arg is not None:
        said = "".join(f"\\{each}" for each in offset_if_doubled(value))
        arg = arg.replace("H:i", f"H:i{said}")
    return str(django_date(value, arg))


@register.filter
def ago(moment: datetime | None, now: datetime | None = None) -> str:
    """How long ago, in words with one unit: "2 min ago"; "not yet" for None."""
    if moment is None:
        return "not yet"
    seconds = int(((now or timezone.now()) - moment).total_seconds())
    if seconds < 0:
        return "in " + span(-seconds)
    return span(seconds) + " ago"


def span(seconds: int) -> str:
    """A length of time in its largest whole unit."""
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"


@register.filter
def plain(value: Decimal | None) -> str:
    """A number with a leading zero and without trailing ones; "unknown" for None."""
    if value is None:
        return "unknown"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def nearest(value: Decimal, step: str) -> str:
    """A number to the nearest step, for example "0.1", halves up; never with a trailing zero."""
    return plain(to_nearest(value, step))


@register.filter
def words(value: object) -> str:
    """An id as words: "blood_pressure" becomes "blood pressure"."""
    return str(value).replace("_", " ")


@register.filter
def action_words(action: str) -> str:
    """What the audit calls an action: "people.add_coded" becomes "People: add coded"."""
    return words(action).replace(".", ": ").capitalize()
