"""Looks at the four organs: written once, corrected by a later entry."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row

USER = settings.AUTH_USER_MODEL


class WatchEntry(Row):
    """One look at one item of the watch, or a prescriber's review of an organ's finding."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="watch_entries")
    item = models.CharField(max_length=40)
    """The id of an item in the policy, or "<organ>_review"."""
    result = models.CharField(max_length=20)
    words = models.TextField(blank=True)
    taken_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="corrected_by"
    )

    class Meta:
        ordering = ["-taken_on", "-recorded_at"]
