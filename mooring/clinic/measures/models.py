"""Scales that are due, and the answers to them."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import Q

from mooring.clinic.courses.models import Course
from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row
from mooring.clinic.sessions.models import TreatmentSession


class Assignment(Row):
    """One scale asked of one patient in one window of time."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="assignments")
    course = models.ForeignKey(
        Course, null=True, on_delete=models.PROTECT, related_name="assignments"
    )
    session = models.ForeignKey(
        TreatmentSession, null=True, on_delete=models.PROTECT, related_name="assignments"
    )
    """The session the clock of this scale hangs on; None for one before the first."""
    measure = models.CharField(max_length=40)
    occasion = models.CharField(
        max_length=20,
        choices=[
            ("baseline", "Before the first session"),
            ("24h", "24 hours after"),
            ("weekly", "Weekly"),
        ],
    )
    due_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    token_hash = models.CharField(max_length=64, unique=True)
    """SHA-256 of the personal link's token; the token itself is never stored."""
    cancelled_at = models.DateTimeField(null=True)

    token = ""
    """The link's token, only on the instance that made the link. No column."""

    @property
    def occasion_in_words(self) -> str:
        """For example "24 hours after session 2" or "week 3 after session 6"."""
        if self.session is None or self.session.ended_at is None:
            return str(self.get_occasion_display()).lower()
        if self.occasion == "24h":
            return f"24 hours after session {self.session.number}"
        weeks = round((self.due_at - self.session.ended_at).days / 7)
        return f"week {weeks} after session {self.session.number}"

    class Meta:
        ordering = ["due_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("due_at")), name="window_has_length"
            )
        ]


class WatchedAnswer(Row):
    """One choice on a question that can call someone, kept when it is made. Never changed.

    It is kept only where it calls someone or takes back a choice that did.
    """

    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="watched_answers"
    )
    item = models.CharField(max_length=60)
    value = models.PositiveSmallIntegerField(null=True)
    """None is "I would rather not say"."""
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at"]

    @property
    def patient_key(self) -> UUID:
        """The patient who was asked."""
        return self.assignment.patient_id


class Response(Row):
    """A patient's answers to one assignment, scored on the server by item id."""

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="response")
    answers = models.JSONField()
    """Item id → value."""
    total = models.PositiveSmallIntegerField(null=True)
    """None when an item was left out."""
    band = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField()
    completed_at = models.DateTimeField()

    @property
    def patient_key(self) -> UUID:
        """The patient who was asked."""
        return self.assignment.patient_id
