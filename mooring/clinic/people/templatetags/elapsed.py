"""How long something is in the past, in words; ages of people."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone

register = template.Library()
_DAYS_AS_DAYS, _DAYS_AS_MONTHS = 90, 730


@register.filter
def elapsed(day: date | datetime | None, today: date | None = None) -> str:
    """For example "12 days ago", "5 months ago", "21 years ago"; "date unknown" for None."""
    if day is None:
        return "date unknown"
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    days = ((today or timezone.localdate()) - day).days
    if days < 0:
        return "in the future"
    if days == 0:
        return "today"
    if days < _DAYS_AS_DAYS:
        return counted(days, "day")
    if days < _DAYS_AS_MONTHS:
        return counted(int(days / 30.44), "month")
    return counted(years_between(day, today or timezone.localdate()), "year")


@register.filter
def age(birth_date: date | None, today: date | None = None) -> str:
    """Whole years of age, or that the date of birth is unknown."""
    if birth_date is None:
        return "age unknown"
    return f"{years_between(birth_date, today or timezone.localdate())} years"


def counted(number: int, unit: str) -> str:
    """For example "1 day ago"."""
    return f"{number} {unit}{'' if number == 1 else 's'} ago"


def years_between(earlier: date, later: date) -> int:
    """Whole years, counted by birthdays."""
    had_birthday = (later.month, later.day) >= (earlier.month, earlier.day)
    return later.year - earlier.year - (0 if had_birthday else 1)
