"""The patient record: identity, conditions, medications, allergies, measurements."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mooring.clinic.rows import Row


class Patient(Row):
    """One person in treatment or being screened for it."""

    family_name = models.CharField(max_length=200)
    given_name = models.CharField(max_length=200)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=20, null=True)
    """Administrative sex as received: male, female, other; None is unknown."""
    identifier = models.CharField(max_length=100, unique=True)
    """The clinic's record number, or the one that came with an import."""
    phone = models.CharField(max_length=40, blank=True)
    emergency_contact = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField()
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="patient"
    )

    class Meta:
        ordering = ["family_name", "given_name"]

    @property
    def patient_key(self) -> UUID:
        """A patient's own row belongs to their own chart."""
        return self.id

    @property
    def name(self) -> str:
        """Family name first, as charts are filed."""
        return f"{self.family_name}, {self.given_name}"

    def __str__(self) -> str:
        return self.name


class RecordRow(Row):
    """What the record holds about a patient, with where it came from."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="%(class)ss")
    origin = models.CharField(max_length=300)
    """In words, for example "import Elsa_Vargas.json" or "entered by hand by R. Okafor"."""
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class CodedRow(RecordRow):
    """A thing with a code and words: what a condition, a medication and an allergy share."""

    system = models.CharField(max_length=200, null=True)
    code = models.CharField(max_length=64, null=True)
    text = models.CharField(max_length=500)
    status = models.CharField(max_length=40)
    """As received; "unknown" where the source does not say."""
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        abstract = True
        ordering = ["-since"]


class Condition(CodedRow):
    """A diagnosis or finding."""


class Medication(CodedRow):
    """A medicine ordered or taken."""

    dose = models.CharField(max_length=200, blank=True)


class Allergy(CodedRow):
    """An allergy or intolerance."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="allergies")

    class Meta(CodedRow.Meta):
        verbose_name_plural = "allergies"


class Measurement(RecordRow):
    """A dated number: weight (kg), height (cm), heart_rate (/min), spo2 (%)."""

    code = models.CharField(max_length=40)
    value = models.DecimalField(max_digits=9, decimal_places=3)
    unit = models.CharField(max_length=20)
    method = models.CharField(max_length=100, blank=True)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_at"]
        constraints = [models.CheckConstraint(condition=Q(value__gt=0), name="measured_above_zero")]


class BloodPressure(RecordRow):
    """A blood pressure of the record, in mmHg, outside a monitored session."""

    systolic = models.PositiveSmallIntegerField()
    diastolic = models.PositiveSmallIntegerField()
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ["-taken_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(systolic__gt=F("diastolic")), name="record_systolic_above_diastolic"
            )
        ]


class ListName(models.TextChoices):
    """The lists of the record that have to be asked: an empty one alone says nothing."""

    MEDICATIONS = "medications", "medicines"
    ALLERGIES = "allergies", "allergies"


class ListStatement(Row):
    """What somebody said of a whole list, signed and dated. The newest counts; none is changed."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="list_statements")
    list = models.CharField(max_length=20, choices=ListName.choices)
    none = models.BooleanField()
    """True for "there are none", false for "gone through, and complete"."""
    source = models.CharField(max_length=100, blank=True)
    """Who told it; empty where nobody wrote that down."""
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["-said_at"]
