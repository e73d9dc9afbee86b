"""Builds the site: the patients' face, and the clinicians' beside it where that is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from mooring.clinic.accounts.clinic import UNNAMED
from mooring.clinic.accounts.models import Clinic
from mooring.clinic.handbook.reading.current import Current
from mooring.clinic.handbook.site.edition import Edition
from mooring.clinic.handbook.site.pages import Page, pages
from mooring.core import evidence
from mooring.core.handbook import Face

CLINICIANS = "clinicians/"


def site(now: Current, style: str, clinicians: bool, clinic: Clinic = UNNAMED) -> dict[str, str]:
    """Every file of the site by its path."""
    return {"mooring.css": style, **dict(editions(now, clinicians, clinic))}


def editions(now: Current, clinicians: bool, clinic: Clinic) -> Iterator[Page]:
    """The pages of all editions, by their path from the site's folder."""
    base = evidence.load()
    other = f"{CLINICIANS}index.html" if clinicians else ""
    yield from pages(Edition(Face.PATIENT, now, base, clinic), root="", other=other)
    if clinicians:
        edition = Edition(Face.CLINICIAN, now, base, clinic)
        for path, html in pages(edition, "../", "../index.html"):
            yield CLINICIANS + path, html
