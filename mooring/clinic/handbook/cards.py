"""What a claim card shows."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.clinic.handbook.pages import Page
from mooring.clinic.handbook.policies import resting_on
from mooring.clinic.handbook.recomputed import Step, steps
from mooring.core import evidence
from mooring.core.evidence.models import (
    Claim,
    Correction,
    Disagreement,
    OtherSide,
    Quantity,
    Source,
    Status,
)
from mooring.core.handbook import Chapter, Face, Handbook
from mooring.core.handbook.guard import fit_as_evidence
from mooring.core.handbook.readers import (
    correction_readable_by_patients,
    disagreement_readable_by_patients,
)
from mooring.core.handbook.sentences import marks

SHAPES = {
    Status.VERIFIED: "met",
    Status.COMPUTED: "info",
    Status.RELAYED: "caution",
    Status.SOURCE_ONLY: "caution",
    Status.CLINIC_CHOICE: "unknown",
}
PLAINLY = {
    Status.VERIFIED: "Checked: we read this in the source itself",
    Status.COMPUTED: "Worked out by us from other statements",
    Status.RELAYED: "Passed on; we have not read it again in the source itself",
    Status.SOURCE_ONLY: "Only this source says it; we could not check it",
    Status.CLINIC_CHOICE: "Chosen by the clinic; no source gives it",
}


@dataclass(frozen=True)
class Card:
    """One claim with everything that has to stand beside it."""

    claim: Claim
    source: Source | None
    shape: str
    """The state mark of its status."""
    standing: str
    """Its status in the reader's words."""
    numbers: tuple[Quantity, ...]
    facts: tuple[tuple[str, str], ...]
    correction: Correction | None
    other_sides: tuple[OtherSide, ...]
    disagreements: tuple[Disagreement, ...]
    steps: tuple[Step, ...]
    """What of it was calculated again, by whom it was written down or by us."""
    policies: tuple[Page, ...]
    """The policies that cite it."""
    chapters: tuple[tuple[Chapter, str], ...]
    """The chapters that cite it, each with the first passage that does."""
    plain: bool
    """True for patients, who are shown no policies."""


def card(claim_id: str, book: Handbook, face: Face = Face.CLINICIAN) -> Card:
    """The card of one claim. KeyError when there is none."""
    base = evidence.load()
    claim, source, plain = base.claim(claim_id), base.source_of(claim_id), face is Face.PATIENT
    correction, sides = base.correction_for(claim_id), base.other_side(claim_id)
    if plain:
        sides = tuple(side for side in sides if _for_patients(side))
        if correction is not None and not correction_readable_by_patients(correction, base):
            correction = None
    return Card(
        claim=claim,
        source=source,
        shape=SHAPES[claim.status],
        standing=PLAINLY[claim.status] if plain else claim.status.in_words,
        numbers=claim.quantities,
        facts=tuple(
            (name, text)
            for name, text in facts(claim, source)
            if text and (not plain or fit_as_evidence(text))
        ),
        correction=correction,
        other_sides=sides,
        disagreements=tuple(base.disagreement(name) for name in claim.disagreements),
        steps=() if plain else tuple(steps(claim, base)),
        policies=() if plain else resting_on(claim_id),
        chapters=citing(claim_id, book, face),
        plain=plain,
    )


def numbers(claim: Claim) -> str:
    """All its numbers in one line; empty for none."""
    return "; ".join(f"{number.of} {number.text}".strip() for number in claim.quantities)


def facts(claim: Claim, source: Source | None) -> tuple[tuple[str, str], ...]:
    """What is known of the claim, as name and text; empty text where nothing is recorded."""
    n = claim.n if claim.n is not None or source is None else source.n
    design = source.design if source is not None and source.design else ""
    return (
        ("People studied", "" if n is None else str(n)),
        ("Population", claim.population),
        ("Compared with", compared_with(claim, source)),
        ("Design", design),
        ("When", claim.time_point),
        ("Route", claim.route),
        ("Drug", claim.drug),
    )


def compared_with(claim: Claim, source: Source | None) -> str:
    """The comparator with its own number where that is on record."""
    comparator = claim.comparator or (source.comparator if source is not None else "")
    if comparator == "none":
        return "Nothing: there was no control group"
    if not comparator:
        return "The document does not say" if claim.quantities else ""
    own = [number.text for number in claim.quantities if number.arm and number.arm in comparator]
    return f"{comparator}: {'; '.join(own)}" if own else comparator


def citing(claim_id: str, book: Handbook, face: Face) -> tuple[tuple[Chapter, str], ...]:
    """The chapters whose text for this reader cites the claim."""
    return tuple(
        (chapter, where[0])
        for chapter in book.for_reader(face).chapters
        if (where := [p.id for p in chapter.passages if claim_id in marks(p.text(face))])
    )


def _for_patients(side: OtherSide) -> bool:
    base = evidence.load()
    return disagreement_readable_by_patients(base.disagreement(side.disagreement), base)
