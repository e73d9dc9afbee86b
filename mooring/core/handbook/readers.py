"""What each reader of the handbook may be shown: one rule for pages, search and static site."""

import re
from collections.abc import Iterable

from mooring.core.evidence import Claim, Correction, Disagreement, EvidenceBase, Flag

AMOUNT = re.compile(
    r"\d[\d.]*\s*(?:mg|mcg|µg|mL|ml|sprays?|troches?|lozenges?|tablets?)\b(?!/m[lL])"
)
"""An amount to give or take, of which patients are shown none. A strength in mg/mL is not one."""
NOT_FOR_PATIENTS = frozenset({Flag.DANGEROUS, Flag.DOSE})


def readable_by_patients(claim: Claim) -> bool:
    """True unless the claim does harm when followed, or names an amount to give or take."""
    told = (claim.statement, *(number.text for number in claim.quantities))
    return not _flagged(claim) and not _amount(told)


def disagreement_readable_by_patients(disagreement: Disagreement, base: EvidenceBase) -> bool:
    """True where patients may read every side of it: with all sides, or not at all.

    A claim that names an amount is not opened to them, but the side it stands for is told.
    """
    told = (*(side.text for side in disagreement.positions), disagreement.outside_check)
    return _readable(disagreement.named, told, base)


def correction_readable_by_patients(correction: Correction, base: EvidenceBase) -> bool:
    """True where patients may read what was wrong and what is right."""
    return _readable((*correction.claims, *correction.corrected_by), (correction.text,), base)


def _readable(claims: Iterable[str], texts: Iterable[str], base: EvidenceBase) -> bool:
    return not any(_flagged(base.claim(name)) for name in claims) and not _amount(texts)


def _flagged(claim: Claim) -> bool:
    return not NOT_FOR_PATIENTS.isdisjoint(claim.flags)


def _amount(texts: Iterable[str]) -> bool:
    return any(AMOUNT.search(text) for text in texts)
