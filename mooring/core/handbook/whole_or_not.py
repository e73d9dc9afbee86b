"""Which disagreements and corrections patients are shown: with every side, or not at all."""

from collections.abc import Iterable

from mooring.core.evidence import Correction, Disagreement, EvidenceBase
from mooring.core.handbook.problems import AMOUNT
from mooring.core.handbook.readers import (
    disagreement_readable_by_patients,
    readable_by_patients,
)


def disagreement_for_patients(disagreement: Disagreement, base: EvidenceBase) -> bool:
    """True when a patient may read every side of it."""
    told = (*(side.text for side in disagreement.positions), disagreement.outside_check)
    return disagreement_readable_by_patients(disagreement, base) and _no_amounts(told)


def correction_for_patients(correction: Correction, base: EvidenceBase) -> bool:
    """True when a patient may read what was wrong and what is right."""
    named = (*correction.claims, *correction.corrected_by)
    readable = all(readable_by_patients(base.claim(name)) for name in named)
    return readable and _no_amounts((correction.text,))


def _no_amounts(texts: Iterable[str]) -> bool:
    return not any(AMOUNT.search(text) for text in texts)
