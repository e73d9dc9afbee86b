"""When each chore was last done, and how that went."""

from __future__ import annotations

from django.db import models


class ChoreState(models.Model):
    """The last runs of one chore.

    No clinical row and in no digest: it changes every few minutes, and says nothing of anybody.
    """

    name = models.CharField(max_length=40, primary_key=True)
    due_at = models.DateTimeField(null=True)
    """When it is to begin next; None before it ever began."""
    began_at = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    """When the last run that succeeded began; None when none did."""
    said = models.TextField(blank=True)
    """What the last run that succeeded said of itself."""
    failed_at = models.DateTimeField(null=True)
    """When the last run that failed began; None when none did."""
    trouble = models.TextField(blank=True)
    """Why it failed, in words; empty once a later run succeeded."""
