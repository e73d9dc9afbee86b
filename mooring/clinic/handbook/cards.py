"""What a claim card shows."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.clinic.handbook.pages import Page
from mooring.clinic.handbook.policies import resting_on
from mooring.core import evidence
from mooring.core.evidence.models import Claim, Correction, Disagreement, OtherSide, Source, Status

SHAPES = {
    Status.VERIFIED: "met",
    Status.COMPUTED: "info",
    Status.SOURCE_ONLY: "caution",
    Status.CLINIC_CHOICE: "unknown",
}


@dataclass(frozen=True)
class Card:
    """One claim with everything that has to stand beside it."""

    claim: Claim
    source: Source | None
    shape: str
    """The state mark of its status."""
    facts: tuple[tuple[str, str], ...]
    correction: Correction | None
    other_sides: tuple[OtherSide, ...]
    disagreements: tuple[Disagreement, ...]
    policies: tuple[Page, ...]
    """The policies that cite it."""


def card(claim_id: str) -> Card:
    """The card of one claim. KeyError when there is none."""
    base = evidence.load()
    claim = base.claim(claim_id)
    return Card(
        claim=claim,
        source=base.source_of(claim_id),
        shape=SHAPES[claim.status],
        facts=tuple((name, text) for name, text in facts(claim) if text),
        correction=base.correction_for(claim_id),
        other_sides=base.other_side(claim_id),
        disagreements=tuple(base.disagreement(name) for name in claim.disagreements),
        policies=resting_on(claim_id),
    )


def facts(claim: Claim) -> tuple[tuple[str, str], ...]:
    """What is known of the claim, as name and text; empty text where nothing is recorded."""
    return (
        ("Number", "; ".join(" ".join((q.of, q.text)).strip() for q in claim.quantities)),
        ("Population", claim.population),
        ("People studied", "" if claim.n is None else str(claim.n)),
        ("Compared with", claim.comparator),
        ("When", claim.time_point),
        ("Route", claim.route),
        ("Drug", claim.drug),
    )
