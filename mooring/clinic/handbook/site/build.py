"""Builds the site: the patients' face, and the clinicians' beside it where that is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from mooring.clinic.handbook.reading.current import Current
from mooring.clinic.handbook.site.edition import Edition
from mooring.clinic.handbook.site.pages import Page, pages
from mooring.core import evidence
from mooring.core.handbook import Face

CLINICIANS = "clinicians/"


def site(now: Current, style: str, clinicians: bool) -> dict[str, str]:
    """Every file of the site by its path."""
    return {"mooring.css": style, **dict(editions(now, clinicians))}


def editions(now: Current, clinicians: bool) -> Iterator[Page]:
    """The pages of all editions, by their path from the site's folder."""
    base = evidence.load()
    other = f"{CLINICIANS}index.html" if clinicians else ""
    yield from pages(Edition(Face.PATIENT, now, base), root="", other=other)
    if clinicians:
        for path, html in pages(Edition(Face.CLINICIAN, now, base), "../", "../index.html"):
            yield CLINICIANS + path, html
