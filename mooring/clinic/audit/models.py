"""The audit: one row for every write and every chart opened, each bound to the row before it.

It has no foreign keys, so that it never blocks or follows what happens to live rows.
"""

from __future__ import annotations

from django.db import models


class AuditRow(models.Model):
    """One audited event. `body` is what is hashed; the columns after it are there for search."""

    sequence = models.BigIntegerField(primary_key=True)
    body = models.TextField()
    """Canonical JSON: sorted keys, ASCII, no floats."""
    hash = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField(db_index=True)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=100, db_index=True)
    patient = models.UUIDField(null=True, db_index=True)

    class Meta:
        ordering = ["sequence"]


class WrittenRow(models.Model):
    """What an action left in one row: its digest, so that a changed row can be told later."""

    sequence = models.BigIntegerField(db_index=True)
    """The audit row of the action; its body is bound to all that the action wrote."""
    table = models.CharField(max_length=80)
    """The model's label, for example people.BloodPressure."""
    row = models.UUIDField()
    digest = models.CharField(max_length=64, blank=True)
    """Empty for a row that the action deleted."""

    class Meta:
        indexes = [models.Index(fields=["table", "row", "sequence"], name="written_row")]
