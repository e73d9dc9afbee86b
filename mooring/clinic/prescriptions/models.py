"""Prescriptions as they were signed, and the clinic's switch for what goes home."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from mooring.clinic.courses.models import Order
from mooring.clinic.rows import Row

USER = settings.AUTH_USER_MODEL


class TakeHomeSwitch(Row):
    """The clinic's word on whether anything is prescribed for home use; the newest counts."""

    on = models.BooleanField()
    reason = models.TextField()
    changed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["changed_at"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="switch_has_reason")]


class SignedPrescription(Row):
    """A prescription: never edited, voided by a row of its own.

    `sections` is what was signed, as headed lines; `typed` is what it was made of, to begin the
    next one with.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="prescriptions")
    sections = models.JSONField()
    text = models.TextField()
    typed = models.JSONField()
    at_home = models.BooleanField()
    gates = models.JSONField(default=list)
    """For home use: each gate with its question, its answer, what was written to it, the day it
    names, and what the record said against it. Who answered, and when, is who signed."""
    doses = models.PositiveSmallIntegerField()
    follow_up_on = models.DateField()
    signed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["-signed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(doses__gt=0), name="prescription_has_doses"),
        ]

    @property
    def patient_key(self) -> UUID:
        """The patient of the order's course."""
        return self.order.course.patient_id

    @property
    def number(self) -> str:
        """What a pharmacy names it by: the last twelve digits of its key, in fours."""
        last = self.pk.hex[-12:].upper()
        return "-".join((last[:4], last[4:8], last[8:]))

    @property
    def voiding(self) -> Voiding | None:
        """The row that voids it; None while it stands."""
        return getattr(self, "voided", None)


class Voiding(Row):
    """One prescription taken back, by whom and why."""

    prescription = models.OneToOneField(
        SignedPrescription, on_delete=models.PROTECT, related_name="voided"
    )
    reason = models.TextField()
    voided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    """None where it was voided before that was kept here; the audit has it."""
    voided_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="voiding_has_reason")]

    @property
    def patient_key(self) -> UUID:
        """The patient of the prescription."""
        return self.prescription.patient_key
