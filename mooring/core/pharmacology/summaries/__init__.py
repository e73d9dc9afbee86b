"""What many people's curves come to, without keeping the curves."""

from mooring.core.pharmacology.summaries.people import People
from mooring.core.pharmacology.summaries.summarising import Summary, summarise

__all__ = ["People", "Summary", "summarise"]
