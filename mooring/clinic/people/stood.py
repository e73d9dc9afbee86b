"""What the forms of a chart change, as it stands."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from mooring.clinic.once.standing import Stands, shown
from mooring.clinic.people.models import Patient, RecordRow

IDENTITY = {
    "family_name": "Family name",
    "given_name": "Given name",
    "birth_date": "Birth date",
    "sex": "Sex",
    "identifier": "Record number",
    "phone": "Telephone",
    "emergency_contact": "Whom to call in an emergency",
}


def identity_stands(patient: Patient) -> Stands:
    """Who the patient is; two corrections that end where they began are still two."""
    said = {label: shown(getattr(patient, name)) for name, label in IDENTITY.items()}
    newest = patient.identity_changes.select_related("changed_by").first()
    if newest is not None:
        said["Corrected by"] = f"{newest.changed_by}: {newest.why}"
    return Stands(f"identity of {patient.pk}", said, str(patient.identity_changes.count()))


def entry_stands(row: RecordRow) -> Stands:
    """What an entry says, or what stands in its place by now."""
    from mooring.clinic.people.entries import in_words

    subject = f"entry {row.pk}"
    if row.withdrawn_at is None:
        return Stands(subject, {"Entry": in_words(row)}, row.digest())
    said: dict[str, Any] = {"It said": in_words(row)}
    newest = row
    while newest.replaced_by is not None:
        newest = newest.replaced_by
    said["It says now"] = in_words(newest) if newest.withdrawn_at is None else "nothing: struck"
    said["Changed by"] = f"{row.withdrawn_by}: {row.withdrawn_why}"
    kind = _kind_of(newest)
    instead = reverse("record_entry", args=[row.patient_id, kind, newest.pk])
    return Stands(subject, said, instead=instead)


def _kind_of(row: RecordRow) -> str:
    from mooring.clinic.people.corrections import kind_of

    return kind_of(row)
