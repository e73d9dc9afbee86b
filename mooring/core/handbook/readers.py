"""What each reader of the handbook may be shown: one rule for its pages, its search and exports."""

from mooring.core.evidence import Claim, Flag

NOT_FOR_PATIENTS = frozenset({Flag.DANGEROUS, Flag.DOSE})


def readable_by_patients(claim: Claim) -> bool:
    """True unless the claim tells how much to take or give, or does harm when followed."""
    return NOT_FOR_PATIENTS.isdisjoint(claim.flags)
