"""Whether a person is in the charts already, under another record number."""

from __future__ import annotations

import unicodedata
from datetime import date

from mooring.clinic.people.models import Patient


def same_person(family_name: str, given_name: str, birth_date: date | None) -> list[Patient]:
    """Patients of this name and birth date. Without a birth date nobody can be told apart."""
    if birth_date is None:
        return []
    wanted = name_key(family_name, given_name)
    return [
        patient
        for patient in Patient.objects.filter(birth_date=birth_date)
        if name_key(patient.family_name, patient.given_name) == wanted
    ]


def name_key(family_name: str, given_name: str) -> str:
    """The name without case, width and accents, as two people would hear it said."""
    decomposed = unicodedata.normalize("NFKD", f"{family_name} {given_name}".casefold())
    kept = (letter for letter in decomposed if not unicodedata.combining(letter))
    return " ".join("".join(kept).split())
