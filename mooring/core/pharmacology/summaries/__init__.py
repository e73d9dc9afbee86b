"""What many people's curves come to, without keeping the curves."""

from mooring.core.pharmacology.summaries.summarising import People, Summary, summarise

__all__ = ["People", "Summary", "summarise"]
