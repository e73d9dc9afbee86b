"""Charts that are not open to everybody in care, and readings that an owner looks back on.

No row is changed: the newest word about a chart, or about a person of its team, counts.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row

USER = settings.AUTH_USER_MODEL


class Restriction(Row):
    """A word on whether a chart is restricted, with the reason."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="restrictions")
    on = models.BooleanField()
    reason = models.TextField()
    set_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["-set_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="restriction_has_reason")
        ]


class TeamMember(Row):
    """A word on whether a person belongs to the care team of a chart."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="team")
    person = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    on = models.BooleanField()
    set_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["-set_at", "-id"]


class Kind(models.TextChoices):
    """What an owner looks back on."""

    BROKEN = "broken", "A restricted chart was opened"
    MANY = "many", "Many charts were opened in a short time"


class Notice(Row):
    """A reading that an owner looks back on."""

    kind = models.CharField(max_length=10, choices=Kind)
    person = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(
        Patient, null=True, on_delete=models.PROTECT, related_name="broken_into"
    )
    """None for many charts."""
    words = models.TextField()
    """The person's reason; for many charts, how many in how long."""
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """Until when the chart stays open; None for many charts."""

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="known_notice"),
            models.CheckConstraint(condition=~Q(words=""), name="notice_has_words"),
            models.CheckConstraint(
                condition=Q(kind="broken", patient__isnull=False, until__isnull=False)
                | Q(kind="many", patient__isnull=True, until__isnull=True),
                name="broken_notice_names_its_chart",
            ),
        ]


class NoticeReview(Row):
    """What came of a notice when an owner looked back on it."""

    notice = models.OneToOneField(Notice, on_delete=models.PROTECT, related_name="review")
    words = models.TextField()
    reviewed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="notice_review_has_words")
        ]

    @property
    def patient_key(self) -> UUID | None:
        """The patient of the notice."""
        return self.notice.patient_id
