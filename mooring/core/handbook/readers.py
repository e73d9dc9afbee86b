"""What each reader of the handbook may be shown: one rule for pages, search and static site."""

from collections.abc import Iterable
from functools import lru_cache

from mooring.core.evidence import Claim, Correction, Disagreement, EvidenceBase, Flag
from mooring.core.handbook.book import Handbook
from mooring.core.handbook.guard import fit_as_evidence
from mooring.core.handbook.models import Face
from mooring.core.handbook.sentences import marks

NOT_FOR_PATIENTS = frozenset({Flag.DANGEROUS, Flag.DOSE})


def readable_by_patients(claim: Claim) -> bool:
    """True unless the claim does harm when followed, or the guard refuses what it says."""
    told = (claim.statement, *(number.text for number in claim.quantities))
    return not _flagged(claim) and fit_as_evidence(*told)


def disagreement_readable_by_patients(disagreement: Disagreement, base: EvidenceBase) -> bool:
    """True where patients may read every side of it: with all sides, or not at all.

    A claim that names an amount is not opened to them, but the side it stands for is told.
    """
    told = (*(side.text for side in disagreement.positions), disagreement.outside_check)
    return _readable(disagreement.named, told, base)


def correction_readable_by_patients(correction: Correction, base: EvidenceBase) -> bool:
    """True where patients may read what was wrong and what is right."""
    return _readable((*correction.claims, *correction.corrected_by), (correction.text,), base)


@lru_cache(maxsize=4)
def named_to_patients(handbook: Handbook) -> frozenset[str]:
    """The claims and disagreements that the patients' chapters rest on, by id.

    These they find when they search. What only clinicians' texts and policies rest on is not
    hidden from somebody who follows a disagreement to it, and is not laid before them either.
    """
    passages = handbook.for_reader(Face.PATIENT).passages.values()
    return frozenset(name for passage in passages for name in marks(passage.text(Face.PATIENT)))


def _readable(claims: Iterable[str], texts: Iterable[str], base: EvidenceBase) -> bool:
    return not any(_flagged(base.claim(name)) for name in claims) and fit_as_evidence(*texts)


def _flagged(claim: Claim) -> bool:
    return not NOT_FOR_PATIENTS.isdisjoint(claim.flags)
