"""The guard of what patients read: sentences that tell an amount, advise or harm are refused."""

from mooring.core.handbook.guard.guard import Refusal, fit_as_evidence, refusals

__all__ = ["Refusal", "fit_as_evidence", "refusals"]
