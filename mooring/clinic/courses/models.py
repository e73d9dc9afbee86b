"""A course of care: why, by which model, the orders, the therapy visits."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row
from mooring.clinic.screening.models import ScreeningDecision

USER = settings.AUTH_USER_MODEL


class Course(Row):
    """One planned series of treatments for one indication."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="courses")
    screening = models.ForeignKey(ScreeningDecision, on_delete=models.PROTECT, related_name="+")
    indication = models.CharField(max_length=60)
    indication_detail = models.TextField(blank=True)
    model_of_care = models.CharField(max_length=60)
    model_reason = models.TextField()
    regimen = models.CharField(max_length=60)
    """The id of the regimen policy, for example iv_series."""
    prescriber = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(model_reason=""), name="model_of_care_has_reason"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                name="course_ended_with_reason",
            ),
        ]


class Order(Row):
    """A signed, typed order for an intravenous infusion."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="orders")
    drug = models.CharField(max_length=40)
    route = models.CharField(max_length=40)
    dose_value = models.DecimalField(max_digits=9, decimal_places=4)
    dose_unit = models.CharField(max_length=10, choices=[("mg/kg", "mg/kg"), ("mg", "mg")])
    weight_kg = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    weight_taken_on = models.DateField(null=True)
    weight_method = models.CharField(max_length=100, blank=True)
    over_minutes = models.DecimalField(max_digits=6, decimal_places=2)
    concentration_mg_per_ml = models.DecimalField(max_digits=6, decimal_places=2)
    total_mg = models.DecimalField(max_digits=9, decimal_places=4)
    bounds = models.CharField(max_length=60)
    findings = models.JSONField()
    """What the bounds policy said when the order was signed."""
    second_person = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    second_reason = models.TextField(blank=True)
    signed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-signed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dose_value__gt=0) & Q(total_mg__gt=0) & Q(over_minutes__gt=0),
                name="order_amounts_above_zero",
            ),
            models.CheckConstraint(
                condition=Q(dose_unit="mg")
                | (Q(weight_kg__isnull=False) & Q(weight_taken_on__isnull=False)),
                name="order_by_weight_has_dated_weight",
            ),
            models.CheckConstraint(
                condition=Q(second_person__isnull=True, second_reason="")
                | (Q(second_person__isnull=False) & ~Q(second_reason="")),
                name="second_person_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(second_person__isnull=True) | ~Q(second_person=F("signed_by")),
                name="second_person_is_another",
            ),
        ]

    @property
    def patient_key(self) -> UUID:
        """The patient of the course."""
        return self.course.patient_id


class TherapyVisit(Row):
    """A preparation, integration or therapy visit within a course."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="therapy_visits")
    purpose = models.CharField(
        max_length=20,
        choices=[
            ("preparation", "Preparation"),
            ("integration", "Integration"),
            ("therapy", "Therapy"),
        ],
    )
    visited_at = models.DateTimeField()
    therapist = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField()
    intention = models.TextField(blank=True)
    touch_consent = models.CharField(max_length=300, blank=True)
    """The patient's own words on touch; empty is not asked."""

    class Meta:
        ordering = ["visited_at"]

    @property
    def patient_key(self) -> UUID:
        """The patient of the course."""
        return self.course.patient_id
