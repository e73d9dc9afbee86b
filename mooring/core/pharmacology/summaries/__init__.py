"""What many people's curves come to, without keeping the curves."""

from mooring.core.pharmacology.summaries.people import People
from mooring.core.pharmacology.summaries.summarising import BANDS, Summary, summarise

__all__ = ["BANDS", "People", "Summary", "summarise"]
