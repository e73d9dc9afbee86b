"""Corrections of an identity as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mooring.clinic.people.models import IdentityChange, Patient
from mooring.core.words import day

LABELS = {
    "family_name": "Family name",
    "given_name": "Given name",
    "birth_date": "Date of birth",
    "sex": "Sex",
    "identifier": "Record number",
    "identifier_system": "Who gave the record number",
    "phone": "Telephone",
    "emergency_contact": "In an emergency",
    "deceased": "Died",
    "deceased_on": "Day of death",
    "inactive": "Record no longer in use",
    "replaced_by_number": "Replaced by the record",
}


@dataclass(frozen=True)
class Part:
    """One part of an identity, as it was and as it was corrected."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One correction with its parts."""

    row: IdentityChange

    @property
    def parts(self) -> list[Part]:
        """What was changed, in the order of the form."""
        before, after = self.row.before, self.row.after
        return [
            Part(label, shown(name, before[name]), shown(name, after[name]))
            for name, label in LABELS.items()
            if name in after
        ]


def changes_of(patient: Patient) -> list[Change]:
    """Every correction of who this patient is, the newest first."""
    return [Change(row) for row in patient.identity_changes.select_related("changed_by")]


def shown(name: str, value: str | date | bool | None) -> str:
    """A part of an identity in words; what is not there is said to be so."""
    if isinstance(value, bool):
        return "yes" if value else "not said"
    if value in (None, ""):
        return "not in the record"
    if name in ("birth_date", "deceased_on"):
        return day(value if isinstance(value, date) else date.fromisoformat(str(value)))
    return str(value)
