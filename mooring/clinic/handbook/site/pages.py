"""The pages of one edition as HTML, each with the path it is written to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string

from mooring import __version__
from mooring.clinic.handbook.cards import SHAPES, facts, numbers
from mooring.clinic.handbook.reading.chapters import reading
from mooring.clinic.handbook.reading.chips import in_plain_words
from mooring.clinic.handbook.review.changes import Change, changes
from mooring.clinic.handbook.site.edition import Edition
from mooring.core.evidence import Claim, Disagreement
from mooring.core.handbook import Face
from mooring.core.handbook.guard import fit_as_evidence
from mooring.core.handbook.rendering import Chip

Page = tuple[str, str]
"""The path within the edition, and the HTML."""


def pages(edition: Edition, root: str, other: str = "") -> Iterator[Page]:
    """Every page of an edition.

    `root` leads from the edition's folder to that of the style sheet ("" or "../"), `other` to
    the first page of the other face's edition; empty where there is none.
    """
    shared = {
        "root": root,
        "up": "",
        "other": other,
        "as_patient": edition.face is Face.PATIENT,
        "version": edition.base.version,
        "mooring": __version__,
        "clinic": edition.clinic,
        "names": edition.names,
    }
    yield page("index.html", "index", {**shared, "chapters": edition.book.chapters})
    for chapter in edition.book.chapters:
        read = reading(edition.now, chapter.id, edition.face, chip(edition))
        yield page(f"{chapter.id}.html", "chapter", {**shared, "page": read})
    yield page("changes.html", "changes", {**shared, "changes": told(edition)})
    below = {**shared, "root": f"{root}../", "up": "../", "other": other and f"../{other}"}
    for claim in edition.claims:
        about = claim_page(edition, claim)
        yield page(f"claims/{claim.id}.html", "claim", {**below, **about})
    for found in edition.base.disagreements.values():
        if found.id in edition.names:
            about = {"disagreement": found}
            yield page(f"disagreements/{found.id}.html", "disagreement", {**below, **about})


def told(edition: Edition) -> list[Change]:
    """The changes that this face is shown; none where no clinic made any."""
    if not edition.now.of_clinic:
        return []
    return list(changes([Face.PATIENT] if edition.face is Face.PATIENT else Face))


def page(path: str, template: str, shown: dict[str, Any]) -> Page:
    """One page, without empty lines, so that two builds differ where their texts do."""
    html = render_to_string(f"handbook/site/{template}.html", shown)
    return path, "\n".join(line.rstrip() for line in html.splitlines() if line.strip()) + "\n"


def chip(edition: Edition) -> Chip:
    """What stands in a chapter's text for a claim or disagreement."""

    def address(name: str) -> str:
        folder = "claims" if name in edition.base.claims else "disagreements"
        return f"{folder}/{name}.html"

    def by_id(name: str) -> str:
        url = address(name) if name in edition.names else ""
        told = {"id": name, "url": url, "sides": name in edition.base.disagreements}
        return render_to_string("handbook/site/chip.html", told).strip()

    return in_plain_words(address, edition.base) if edition.face is Face.PATIENT else by_id


def claim_page(edition: Edition, claim: Claim) -> dict[str, Any]:
    """What stands beside a claim, as far as this face may read it."""
    correction = edition.base.correction_for(claim.id)
    if correction and not all(
        map(edition.readable, (*correction.claims, *correction.corrected_by))
    ):
        correction = None
    source = edition.base.source_of(claim.id)
    told = (("Number", numbers(claim)), *facts(claim, source))

    def shown(text: str) -> bool:
        return edition.face is Face.CLINICIAN or fit_as_evidence(text)

    return {
        "claim": claim,
        "shape": SHAPES[claim.status],
        "source": source,
        "facts": [(name, text) for name, text in told if text and shown(text)],
        "correction": correction,
        "sides": list(sides(edition, claim)),
    }


def sides(edition: Edition, claim: Claim) -> Iterator[Disagreement]:
    """The disagreements that a claim stands in and this face may read."""
    for name in claim.disagreements:
        if name in edition.names:
            yield edition.base.disagreements[name]
