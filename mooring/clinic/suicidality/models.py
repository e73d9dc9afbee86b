"""Suicidality on the chart: tiers with their reasons, safety plans, and what was opened."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row
from mooring.core.protocols.suicidality import Tier

USER = settings.AUTH_USER_MODEL


class Basis(models.TextChoices):
    """What a tier rests on."""

    JUDGEMENT = "judgement", "A clinician's judgement"
    SCREENER = "screener", "The screener's answers"


class Setting(models.TextChoices):
    """What a tier can hold."""

    START = "start", "The start of a session today"
    GROUP = "group", "A group plan"
    HOME = "home", "A supply for home"


class TierEntry(Row):
    """A tier as a clinician entered it. Never changed: the newest counts, all stay readable."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="tier_entries")
    tier = models.CharField(max_length=10, choices=[(tier, tier.value) for tier in Tier])
    basis = models.CharField(max_length=10, choices=Basis.choices)
    answers = models.JSONField(default=dict)
    """For the screener: question id → true, false, or null for declined."""
    at_least = models.BooleanField(default=False)
    """True when a declined answer could make it higher."""
    reasons = models.TextField()
    policy = models.CharField(max_length=60)
    """The id and version of the policy that read it."""
    entered_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["-entered_at"]
        constraints = [
            models.CheckConstraint(condition=Q(tier__in=list(Tier)), name="known_suicidality_tier"),
            models.CheckConstraint(condition=~Q(reasons=""), name="tier_has_reasons"),
        ]


class SafetyPlan(Row):
    """What helps in a crisis, in the patient's own words. The newest counts."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="safety_plans")
    warning_signs = models.TextField()
    by_oneself = models.TextField(blank=True)
    people_and_places = models.TextField(blank=True)
    whom_to_call = models.TextField()
    surroundings = models.TextField(blank=True)
    """How means of harm are put out of reach."""
    review_on = models.DateField()
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-written_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(warning_signs="") & ~Q(whom_to_call=""), name="safety_plan_says_enough"
            )
        ]


class TierOpening(Row):
    """What a moderate or high tier held, and who opened it. It ends with the next tier entered."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="tier_openings")
    tier = models.ForeignKey(TierEntry, on_delete=models.PROTECT, related_name="openings")
    """The entry it was opened over."""
    setting = models.CharField(max_length=10, choices=Setting.choices)
    reason = models.TextField()
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    second_person = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    second_reason = models.TextField(blank=True)
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="tier_opening_has_reason"),
            models.CheckConstraint(
                condition=Q(setting="start", second_person=None, second_reason="")
                | (
                    Q(setting__in=["group", "home"], second_person__isnull=False)
                    & ~Q(second_reason="")
                    & ~Q(second_person=F("opened_by"))
                ),
                name="tier_opening_by_two_distinct_people",
            ),
        ]
