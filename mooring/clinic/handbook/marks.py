"""Filters for claim chips: what a chip says about its claim before the card is opened."""

from __future__ import annotations

from django import template

from mooring.core import evidence
from mooring.core.evidence.models import Flag, SourceKind
from mooring.core.handbook.readers import readable_by_patients

register = template.Library()


@register.filter
def not_to_be_followed(claim_id: str) -> bool:
    """True for a statement that does harm when taken as a rule."""
    claim = evidence.load().claims.get(claim_id)
    return claim is not None and Flag.DANGEROUS in claim.flags


@register.filter
def open_to_patients(claim_id: str) -> bool:
    """True where a patient may open the card of that claim."""
    claim = evidence.load().claims.get(claim_id)
    return claim is not None and readable_by_patients(claim)


@register.filter
def study(claim_id: str) -> str:
    """The study's own id, short enough to stand in a sentence; the claim's where it has none.

    A statement of a founding document keeps its number: S2.44.
    """
    base = evidence.load()
    source = base.source_of(claim_id) if claim_id in base.claims else None
    if source is None or source.kind is SourceKind.FOUNDING:
        return claim_id
    return source.id if claim_id.startswith(f"{source.id}.") else claim_id


@register.filter
def of_study(claim_id: str) -> str:
    """What follows the study's id in a claim's: which of its claims is meant."""
    return claim_id.removeprefix(study(claim_id)).lstrip(".")


@register.filter
def stands_on(claim_id: str) -> str:
    """What stands behind a claim, in words; empty when there is no such claim."""
    claim = evidence.load().claims.get(claim_id)
    return "" if claim is None else claim.status.in_words
