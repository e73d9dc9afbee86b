"""That nobody else is on duty, as an owner stated it; and what one person opened alone under it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row

USER = settings.AUTH_USER_MODEL


class AloneStatement(Row):
    """From day to day, on some days of the week, between two times: nobody else is on duty."""

    first_day = models.DateField()
    last_day = models.DateField()
    weekdays = models.CharField(max_length=7)
    """Figures of the days, Monday is 0: "0123456" for all."""
    from_time = models.TimeField()
    until_time = models.TimeField()
    """On the clinic's clock, the same day."""
    reason = models.TextField()
    reviewer = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    """The clinician elsewhere who looks at each opening afterwards."""
    stated_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-stated_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="alone_has_reason"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day"), until_time__gt=F("from_time")),
                name="alone_ends_after_it_begins",
            ),
        ]


class AloneOpening(Row):
    """What needed a second person, and was opened by one who was alone on duty. Never changed."""

    statement = models.ForeignKey(AloneStatement, on_delete=models.PROTECT, related_name="openings")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=60)
    """The model's label of what was opened, for example courses.Order."""
    what_id = models.UUIDField()
    in_words = models.CharField(max_length=300)
    reason = models.TextField()
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="alone_opening_has_reason")
        ]
