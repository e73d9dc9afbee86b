"""A ladder that a prescriber started within a course, and the looks back on its steps."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from mooring.clinic.courses.models import Course
from mooring.clinic.rows import Row
from mooring.clinic.sessions.models import TreatmentSession

USER = settings.AUTH_USER_MODEL


class Ladder(Row):
    """Rising doses by one policy; the sessions of its course say which steps were taken."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="ladders")
    policy = models.CharField(max_length=60)
    policy_version = models.CharField(max_length=20)
    reason = models.TextField()
    started_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["course"], condition=Q(ended_at__isnull=True), name="one_ladder_a_course"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="ladder_has_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="ladder_ended_with_reason",
            ),
        ]

    @property
    def patient_key(self) -> UUID:
        """The patient of the course."""
        return self.course.patient_id


class StepReview(Row):
    """A clinician's look back on one step: written once; a later one about it takes its place."""

    ladder = models.ForeignKey(Ladder, on_delete=models.PROTECT, related_name="reviews")
    session = models.ForeignKey(TreatmentSession, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField()
    """The checklist: each item with none, mild or worse; null is not asked."""
    decision = models.CharField(max_length=10)
    words = models.TextField()
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["reviewed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=("go_on", "stay", "end")), name="review_decides"
            ),
        ]

    @property
    def patient_key(self) -> UUID:
        """The patient of the ladder's course."""
        return self.ladder.course.patient_id
