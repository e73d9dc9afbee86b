"""Which disagreements and corrections patients are shown: with every side, or not at all."""

from collections.abc import Iterable

from mooring.core.evidence import Correction, Disagreement, EvidenceBase
from mooring.core.handbook.problems import AMOUNT
from mooring.core.handbook.readers import readable_by_patients


def disagreement_for_patients(disagreement: Disagreement, base: EvidenceBase) -> bool:
    """True when a patient may read every side of it."""
    told = (*(side.text for side in disagreement.positions), disagreement.outside_check)
    return _readable(disagreement.named, told, base)


def correction_for_patients(correction: Correction, base: EvidenceBase) -> bool:
    """True when a patient may read what was wrong and what is right."""
    return _readable((*correction.claims, *correction.corrected_by), (correction.text,), base)


def _readable(claims: Iterable[str], texts: Iterable[str], base: EvidenceBase) -> bool:
    """No claim that is kept from patients, and no amount to take in the words around them."""
    return all(readable_by_patients(base.claim(name)) for name in claims) and not any(
        AMOUNT.search(text) for text in texts
    )
