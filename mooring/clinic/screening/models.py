"""Interview answers and signed screening decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row


class InterviewAnswer(Row):
    """One answer to one screening question. The newest counts; older ones stay readable."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=60)
    value = models.CharField(max_length=60)
    detail = models.TextField(blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["-answered_at"]


class Decision(models.TextChoices):
    """What the prescriber decides after screening."""

    PROCEED = "proceed", "Go on to a course"
    EVALUATE = "evaluate", "Evaluate further first"
    DECLINE = "decline", "Not this treatment"


class ScreeningDecision(Row):
    """A prescriber's signed decision, with the findings as they stood when it was signed."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="decisions")
    policy = models.CharField(max_length=60)
    policy_version = models.CharField(max_length=20)
    findings = models.JSONField()
    verdict = models.CharField(max_length=200)
    decision = models.CharField(max_length=20, choices=Decision.choices)
    reason = models.TextField()
    override = models.BooleanField()
    """True when the decision goes against the findings, either way."""
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_at"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason")]
