"""A prescription for what a pharmacy makes: every element it needs, no more than lasts."""

from mooring.core.drugs.prescription.figures import in_words
from mooring.core.drugs.prescription.supply import (
    Compounded,
    Supply,
    doses_that_last,
    last_day_valid,
    supply,
)
from mooring.core.drugs.prescription.words import Prescription, missing, sections, text

__all__ = [
    "Compounded",
    "Prescription",
    "Supply",
    "doses_that_last",
    "in_words",
    "last_day_valid",
    "missing",
    "sections",
    "supply",
    "text",
]
