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
    """A prescription: never edited, voided with a reason.

    `sections` is what was signed, as headed lines; `typed` is what it was made of, to begin the
    next one with.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="prescriptions")
    sections = models.JSONField()
    text = models.TextField()
    typed = models.JSONField()
    at_home = models.BooleanField()
    doses = models.PositiveSmallIntegerField()
    follow_up_on = models.DateField()
    signed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    voided_at = models.DateTimeField(null=True)
    void_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-signed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(doses__gt=0), name="prescription_has_doses"),
            models.CheckConstraint(
                condition=Q(voided_at__isnull=True, void_reason="")
                | (Q(voided_at__isnull=False) & ~Q(void_reason="")),
                name="prescription_voided_with_reason",
            ),
        ]

    @property
    def patient_key(self) -> UUID:
        """The patient of the order's course."""
        return self.order.course.patient_id
