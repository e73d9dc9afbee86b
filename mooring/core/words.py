"""How dates read on screen and paper, whatever the locale of the machine."""

from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day(moment: date) -> str:
    """A day as staff read it, for example "3 Nov 2026"."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"
