"""Wrong tries at a door, and one-time codes that were used: in the database, for all workers.

Neither is a clinical row nor says who did what (the audit does): they are counted, and thrown away
after a time, so they stand outside the digests of decision 0019.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

USER = settings.AUTH_USER_MODEL


class WrongTry(models.Model):
    """One password, one-time code or PIN that did not match."""

    door = models.CharField(max_length=10)
    """Which of `limits.Door` it was given at."""
    name = models.CharField(max_length=64)
    """A keyed hash of the account's name as it was typed: people type passwords there."""
    place = models.CharField(max_length=80)
    """The address, or the device that the account is known at; see `limits.place_of`."""
    known = models.BooleanField()
    """True where the account has been signed in to on that device before."""
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["door", "name", "at"], name="wrong_try_by_name"),
            models.Index(fields=["door", "place", "at"], name="wrong_try_by_place"),
        ]


class UsedCode(models.Model):
    """One half-minute whose code a person has used: it is not taken again, by any worker."""

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    step = models.BigIntegerField()
    """The half-minute since 1970 that the code belongs to (RFC 6238, 4.2)."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "step"], name="a_code_is_used_once")]
