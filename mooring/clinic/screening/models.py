"""Interview answers and signed screening decisions."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row
from mooring.core.drugs.drug import Drug, Route
from mooring.core.protocols.screening.choosing import Plan


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


class ScreeningPlan(Row):
    """What a patient is screened for: it chooses the policy. The newest counts."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="screening_plans")
    drug = models.CharField(max_length=40)
    route = models.CharField(max_length=40)
    indication = models.CharField(max_length=60)
    model_of_care = models.CharField(max_length=60)
    chosen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    chosen_at = models.DateTimeField()

    class Meta:
        ordering = ["-chosen_at", "-id"]

    @property
    def plan(self) -> Plan:
        """The plan as core chooses by it."""
        return Plan(Drug(self.drug), Route(self.route), self.indication, self.model_of_care)


class SideTaken(Row):
    """The side a clinic takes where the sources differ, with its reason. The newest counts."""

    disagreement = models.CharField(max_length=10)
    side = models.CharField(max_length=60)
    reason = models.TextField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_at", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="side_has_reason")]


class ScreeningDecision(Row):
    """A prescriber's signed decision, with the findings as they stood when it was signed."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="decisions")
    policy = models.CharField(max_length=60)
    policy_version = models.CharField(max_length=20)
    plan = models.ForeignKey(ScreeningPlan, null=True, on_delete=models.PROTECT, related_name="+")
    """What it was decided for; None where no plan was chosen, as in all older decisions."""
    sides = models.JSONField(default=dict)
    """The sides that the clinic took then, by disagreement, where they were not the first."""
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
