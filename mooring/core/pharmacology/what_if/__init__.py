"""What published models expect of an order: which of them answer, their curves, their limits."""

from mooring.core.pharmacology.caveats import Caveat
from mooring.core.pharmacology.what_if.answering import (
    Answer,
    Person,
    Silent,
    answering,
)
from mooring.core.pharmacology.what_if.curves import (
    PEOPLE,
    SENTENCE,
    Band,
    Curve,
    WhatIf,
    what_if,
)
from mooring.core.pharmacology.what_if.noted import Noted, noted
from mooring.core.pharmacology.what_if.ordered import regimen_of
from mooring.core.pharmacology.what_if.planned import Planned

__all__ = [
    "PEOPLE",
    "SENTENCE",
    "Answer",
    "Band",
    "Caveat",
    "Curve",
    "Noted",
    "Person",
    "Planned",
    "Silent",
    "WhatIf",
    "answering",
    "noted",
    "regimen_of",
    "what_if",
]
