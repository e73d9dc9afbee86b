"""Checks of a vial against an order: written once, and never changed."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from mooring.clinic.courses.models import Order
from mooring.clinic.rows import Row

USER = settings.AUTH_USER_MODEL


class Verdict(models.TextChoices):
    """What a check found."""

    AGREES = "agrees", "agrees"
    DIFFERS = "differs", "does not agree"
    EXPIRED = "expired", "past its last day"
    UNKNOWN = "unknown", "code not known here"
    UNREAD = "unread", "not read as a code"


class VialCheck(Row):
    """One code, typed or scanned, held against one order."""

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="vial_checks")
    code = models.CharField(max_length=200)
    """As it was typed or scanned."""
    product = models.CharField(max_length=60, blank=True)
    """The id of the product that the code names; empty where it names none that is known."""
    read_as = models.TextField()
    """What the code was read as, in words; or why it was not read."""
    lot = models.CharField(max_length=20, blank=True)
    """As the code holds it; empty where it holds none or it was not read."""
    serial = models.CharField(max_length=20, blank=True)
    expires_on = models.DateField(null=True)
    """The last day of use that the code holds; None where it holds none or it was not read."""
    verdict = models.CharField(max_length=10, choices=Verdict)
    said = models.JSONField()
    """Each sentence of the answer."""
    checked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField()

    class Meta:
        ordering = ["-checked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=(Verdict.UNKNOWN, Verdict.UNREAD), product="")
                | (Q(verdict__in=(Verdict.AGREES, Verdict.DIFFERS)) & ~Q(product=""))
                | Q(verdict=Verdict.EXPIRED),
                name="vial_check_compares_what_it_knows",
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.EXPIRED) | Q(expires_on__isnull=False),
                name="vial_check_expired_names_its_day",
            ),
        ]

    @property
    def patient_key(self) -> UUID:
        """The patient of the order's course."""
        return self.order.course.patient_id
