"""Treatment sessions and their append-only logs."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mooring.clinic.courses.models import Course, Order
from mooring.clinic.rows import Row

USER = settings.AUTH_USER_MODEL


class TreatmentSession(Row):
    """One planned or held session under an order. What happens in it stands in its entries."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    """Its place in the course, from 1."""
    scheduled_at = models.DateTimeField(db_index=True)
    room = models.CharField(max_length=60)
    sitter = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    stopping = models.JSONField()
    """Ids of the stop policies that run side by side."""
    monitoring = models.CharField(max_length=60)
    starting = models.CharField(max_length=60)
    leaving = models.CharField(max_length=60)
    policy_versions = models.JSONField(default=dict)
    """The version of each policy by "kind/id", as {"stopping/emory_s2": "1"}; kept when the first
    drug went in or the log was signed, and never changed after. Empty before: the newest count."""
    left_out = models.JSONField(default=list)
    """The rules of its drug and route that do not run: rule, title, instead, reason, by, at."""
    plan_changes = models.JSONField(default=list)
    """What was agreed or changed in its plan, oldest first: what, reason, by, at."""
    signed_at = models.DateTimeField(null=True)
    """When the log was signed off; repeats the log so that lists need not fold every session."""
    ended_at = models.DateTimeField(null=True)
    """When the infusion ended, or the last dose was answered; repeats the log."""
    started_at = models.DateTimeField(null=True)
    """When the infusion started, or the first dose went in; repeats the log."""
    stopped_early = models.BooleanField(default=False)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["scheduled_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "number"],
                condition=Q(cancelled_at__isnull=True),
                name="one_session_a_number",
            )
        ]

    @property
    def patient_key(self) -> UUID:
        """The patient of the course."""
        return self.course.patient_id


class SitterLimit(Row):
    """The clinic's word on how many patients one sitter may have by a route; the newest counts."""

    route = models.CharField(max_length=40)
    patients = models.PositiveSmallIntegerField()
    reason = models.TextField()
    set_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["set_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="sitter_limit_has_reason"),
            models.CheckConstraint(
                condition=Q(patients__range=(1, 6)), name="sitter_limit_one_to_six"
            ),
        ]


class SessionEntry(Row):
    """One line of a session's log: written once; the database refuses to change or delete it.

    Its key is made by the device that wrote it, so the same entry sent twice is stored once.
    Vital signs have columns of their own, with the clinical invariants as constraints; all other
    content is in `detail`.
    """

    session = models.ForeignKey(TreatmentSession, on_delete=models.PROTECT, related_name="entries")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=30)
    effective_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    author = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    systolic = models.PositiveSmallIntegerField(null=True)
    diastolic = models.PositiveSmallIntegerField(null=True)
    heart_rate = models.PositiveSmallIntegerField(null=True)
    spo2 = models.PositiveSmallIntegerField(null=True)
    respiratory_rate = models.PositiveSmallIntegerField(null=True)
    moaas = models.PositiveSmallIntegerField(null=True)
    detail = models.JSONField()

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(fields=["session", "sequence"], name="one_entry_a_sequence"),
            models.CheckConstraint(
                condition=Q(systolic__isnull=True, diastolic__isnull=True)
                | Q(systolic__gt=F("diastolic")),
                name="systolic_above_diastolic",
            ),
            models.CheckConstraint(
                condition=Q(spo2__isnull=True) | Q(spo2__range=(0, 100)), name="spo2_is_percent"
            ),
            models.CheckConstraint(
                condition=Q(moaas__isnull=True) | Q(moaas__range=(0, 5)), name="moaas_0_to_5"
            ),
        ]

    @property
    def patient_key(self) -> UUID:
        """The patient of the session's course."""
        return self.session.course.patient_id
