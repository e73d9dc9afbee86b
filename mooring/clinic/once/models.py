"""Which forms were taken. A technical table: it says nothing of a patient, and is forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

KEPT_FOR = timedelta(days=7)
"""How long a form is remembered: no browser sends one again after so long."""


class SubmittedForm(models.Model):
    """A form that was taken, by the id that its page gave it.

    No `Row`: it holds no fact of the clinic, `forget` deletes it after a few days, and so it stays
    out of the digests that the audit keeps.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    maker = models.UUIDField()
    """The request that took it, so that its further actions know it as their own."""
    user = models.CharField(max_length=64, blank=True)
    """Key of the account that sent it; empty where nobody was signed in."""
    place = models.CharField(max_length=64)
    """Keyed digest of the address: addresses of personal links are secrets."""
    content = models.CharField(max_length=64)
    """Keyed digest of what was filled in."""
    at = models.DateTimeField(db_index=True)
    answer = models.BinaryField(null=True)
    """What was answered, enciphered; None until it was."""


def forget(before: datetime) -> int:
    """Delete what was taken before a moment; how many. The same id would be new then."""
    return SubmittedForm.objects.filter(at__lt=before).delete()[0]


def forget_old(now: datetime) -> None:
    """Delete what was taken long ago."""
    forget(now - KEPT_FOR)
