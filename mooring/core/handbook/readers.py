"""What each reader of the handbook may be shown: one rule for its pages, its search and exports."""

from mooring.core.evidence import Claim, Disagreement, EvidenceBase, Flag

NOT_FOR_PATIENTS = frozenset({Flag.DANGEROUS, Flag.DOSE})


def readable_by_patients(claim: Claim) -> bool:
    """True unless the claim tells how much to take or give, or does harm when followed."""
    return NOT_FOR_PATIENTS.isdisjoint(claim.flags)


def disagreement_readable_by_patients(disagreement: Disagreement, base: EvidenceBase) -> bool:
    """True where patients may read every claim that the sides of the disagreement stand on."""
    return all(readable_by_patients(base.claims[name]) for name in disagreement.named)
