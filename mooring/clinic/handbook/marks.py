"""Filters for claim chips: what a chip says about its claim before the card is opened."""

from __future__ import annotations

from django import template

from mooring.core import evidence
from mooring.core.evidence.models import Flag

register = template.Library()


@register.filter
def not_to_be_followed(claim_id: str) -> bool:
    """True for a statement that does harm when taken as a rule."""
    claim = evidence.load().claims.get(claim_id)
    return claim is not None and Flag.DANGEROUS in claim.flags


@register.filter
def stands_on(claim_id: str) -> str:
    """What stands behind a claim, in words; empty when there is no such claim."""
    claim = evidence.load().claims.get(claim_id)
    return "" if claim is None else claim.status.in_words
