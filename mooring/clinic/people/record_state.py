"""What a source said of its own record: the person has died, or another record counts."""

from __future__ import annotations

from django.urls import reverse

from mooring.clinic.holds import Hold
from mooring.clinic.people.models import Patient
from mooring.core.words import day


def record_says(patient: Patient) -> tuple[str, ...]:
    """What stands at the head of every page of this chart; empty while nothing was said."""
    said = []
    if patient.deceased:
        on = f" on {day(patient.deceased_on)}" if patient.deceased_on else ""
        said.append(f"The record says that this person has died{on}.")
    if patient.replaced_by_number:
        other = patient.replaced_by_number
        said.append(f"Another record takes the place of this one at its source: {other}.")
    if patient.inactive:
        said.append("Its source says that this record is no longer in use.")
    return tuple(said)


def record_holds(patient: Patient) -> list[Hold]:
    """Why nobody starts treatment under this chart; a record that is only unused holds nothing."""
    if not patient.deceased and not patient.replaced_by_number:
        return []
    url = reverse("patient", args=[patient.pk])
    return [Hold("record.state", record_says(patient)[0], url, "Chart")]
