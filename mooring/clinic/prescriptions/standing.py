"""Which prescriptions still stand."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from mooring.clinic.people.models import Patient
from mooring.clinic.prescriptions.models import SignedPrescription


def prescriptions(patient: Patient, today: date) -> QuerySet[SignedPrescription]:
    """The patient's prescriptions that nobody voided and whose follow-up is still to come."""
    return current(today).filter(order__course__patient=patient)


def at_home(patient: Patient) -> QuerySet[SignedPrescription]:
    """What was ever prescribed for home and not voided, the newest first."""
    return SignedPrescription.objects.filter(
        order__course__patient=patient, at_home=True, voided=None
    )


def current(today: date) -> QuerySet[SignedPrescription]:
    """Everybody's prescriptions that nobody voided and whose follow-up is still to come."""
    rows = SignedPrescription.objects.filter(voided=None, follow_up_on__gt=today)
    return rows.select_related("order__course__patient", "signed_by")
