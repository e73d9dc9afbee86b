"""A course of care: why, by which model, the orders, the therapy visits."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row
from mooring.clinic.screening.models import ScreeningDecision
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.written import AnyOrder, read
from mooring.core.quantities import plain

USER = settings.AUTH_USER_MODEL
INTO_A_LINE = ("infusion", "bolus")
KIND_AND_ROUTE = (
    Q(kind="infusion", route="intravenous_infusion")
    | Q(kind="bolus", route="intravenous_bolus")
    | Q(kind="injection", route__in=("intramuscular", "subcutaneous"))
    | Q(kind__in=("nasal_spray", "nasal_device"), route="intranasal")
    | Q(kind="by_mouth", route__in=("sublingual", "oral"))
)


class Course(Row):
    """One planned series of treatments for one indication."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="courses")
    screening = models.ForeignKey(ScreeningDecision, on_delete=models.PROTECT, related_name="+")
    indication = models.CharField(max_length=60)
    indication_detail = models.TextField(blank=True)
    model_of_care = models.CharField(max_length=60)
    model_reason = models.TextField()
    regimen = models.CharField(max_length=60)
    """The id of the regimen policy, for example iv_series; none where no plan counts."""
    regimen_version = models.CharField(max_length=20, blank=True)
    """The version of it when the course began: a later one does not judge it. Empty for none."""
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
    """A signed, typed order by any route.

    `written` is the order itself, and the only place that says all of it; the columns beside it
    repeat what lists and queries ask for. Read it with `as_written`.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=20)
    """For example infusion or nasal_spray; the same as in `written`."""
    written = models.JSONField()
    drug = models.CharField(max_length=40)
    route = models.CharField(max_length=40)
    total_mg = models.DecimalField(max_digits=12, decimal_places=6)
    over_minutes = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    """Only what goes into a vein over minutes has them."""
    concentration_mg_per_ml = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    """What goes into the line after dilution; only where there is a line."""
    group_of = models.PositiveSmallIntegerField(null=True)
    """How many are in the group; 1 is one person alone, None is not in a group or not recorded."""
    findings = models.JSONField()
    """What the bounds policies said when the order was signed."""
    reason = models.TextField(blank=True)
    """The prescriber's own, for an order outside what is usual; empty where none was asked for."""
    second_person = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    second_reason = models.TextField(blank=True)
    signed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-signed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(total_mg__gt=0), name="order_amount_above_zero"),
            models.CheckConstraint(condition=KIND_AND_ROUTE, name="order_kind_has_its_route"),
            models.CheckConstraint(
                condition=Q(kind__in=INTO_A_LINE, over_minutes__gt=0, concentration_mg_per_ml__gt=0)
                | (
                    ~Q(kind__in=INTO_A_LINE)
                    & Q(over_minutes__isnull=True, concentration_mg_per_ml__isnull=True)
                ),
                name="order_into_a_line_has_minutes_and_concentration",
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

    @property
    def as_written(self) -> AnyOrder:
        """The order as core counts with it. Raises ValueError for one that cannot be read."""
        return read(self.written)

    @property
    def in_a_line(self) -> bool:
        """True for what runs into a vein: it has minutes and a concentration."""
        return self.kind in INTO_A_LINE

    @property
    def in_brief(self) -> str:
        """For lists: "esKETAmine 84 mg, intranasal". The drug is named: the two are unlike."""
        drug, route = Drug(self.drug).display, Route(self.route).display
        over = "" if self.over_minutes is None else f" over {plain(self.over_minutes)} min"
        return f"{drug} {plain(self.total_mg)} mg, {route}{over}"

    @property
    def infused(self) -> bool:
        """True for a pump that is started, paused and stopped; all else is given at once."""
        return self.kind == "infusion"


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
