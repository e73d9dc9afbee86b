"""Regimens in the words of the field: `iv_infusion("0.5 mg/kg", over="40 min")`."""

from mooring.core.pharmacology.regimens.combining import at, repeated, together
from mooring.core.pharmacology.regimens.ways import (
    im,
    iv_bolus,
    iv_infusion,
    nasal_sprays,
    oral,
    spravato,
    subcutaneous,
    troche,
)
from mooring.core.pharmacology.regimens.words import RegimenWordsError, amount, minutes

__all__ = [
    "RegimenWordsError",
    "amount",
    "at",
    "im",
    "iv_bolus",
    "iv_infusion",
    "minutes",
    "nasal_sprays",
    "oral",
    "repeated",
    "spravato",
    "subcutaneous",
    "together",
    "troche",
]
