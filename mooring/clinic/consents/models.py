"""What a patient says about touch, and what they bring into a course. Rows are only added."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q

from mooring.clinic.courses.models import Course
from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row
from mooring.core.session.entries import Touch
from mooring.core.session.labels import TOUCH_WORDS

USER = settings.AUTH_USER_MODEL
TOUCH: tuple[Touch, ...] = tuple(TOUCH_WORDS)


class TouchConsent(Row):
    """One answer about touch; the newest counts. Taken back by another one, at any time."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="touch_consents")
    touch = models.CharField(max_length=20, choices=list(TOUCH_WORDS.items()))
    agreed = models.CharField(max_length=300, blank=True)
    """The patient's own words; needed where touch is as agreed."""
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.CheckConstraint(condition=Q(touch__in=TOUCH), name="touch_is_an_answer"),
            models.CheckConstraint(
                condition=~Q(touch="as_agreed") | ~Q(agreed=""), name="touch_as_agreed_in_words"
            ),
        ]


class Intention(Row):
    """What the patient wants to bring into the sessions of a course; the newest counts."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="intentions")
    text = models.CharField(max_length=500)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-recorded_at"]

    @property
    def patient_key(self) -> UUID:
        """The patient of the course."""
        return self.course.patient_id
