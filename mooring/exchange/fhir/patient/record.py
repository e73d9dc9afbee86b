"""What a source says of its record: that the person died, or that another record counts."""

from __future__ import annotations

from datetime import date

from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.unfit import UnfitError

REPLACED = "replaced-by"


def death(resource: Element) -> tuple[bool, date | None, tuple[str, ...]]:
    """Whether the person has died, on which day, and what of it could not be read.

    A date that is none still says that the person has died.
    """
    if resource.data.get("deceasedDateTime") is None:
        value = resource.data.get("deceasedBoolean")
        unread = () if value is None or isinstance(value, bool) else ("deceasedBoolean",)
        return value is True or bool(unread), None, unread
    try:
        read = read_date(resource, "deceasedDateTime")
    except UnfitError:
        read = None
    if read is None or read.day is None:
        return True, None, ("deceasedDateTime (no full date)",)
    return True, read.day, ()


def replaced_by(resource: Element) -> str:
    """The record that is named in place of this one, in words; empty where none is."""
    for link in resource.children("link"):
        if link.text("type", most=20) == REPLACED:
            other = link.child("other") or Element({}, link.place)
            identifier = other.child("identifier")
            words = (
                identifier.text("value", most=200) if identifier else None,
                other.text("display", most=300),
                other.text("reference", most=2000),
            )
            return next(filter(None, words), "another record")[:300]
    return ""


def further_links(resource: Element) -> tuple[str, ...]:
    """ "link" where it says more than one replacement."""
    links = resource.children("link")
    replaced = [link for link in links if link.text("type", most=20) == REPLACED]
    return ("link",) if len(replaced) > 1 or len(links) > len(replaced) else ()
