"""The patient record: identity, conditions, medications, allergies, measurements."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from mooring.clinic.restricted import hiding
from mooring.clinic.rows import Row, RowManager


class Patient(Row):
    """One person in treatment or being screened for it."""

    family_name = models.CharField(max_length=200)
    given_name = models.CharField(max_length=200)
    birth_date = models.DateField(null=True)
    sex = models.CharField(max_length=20, null=True)
    """Administrative sex as received: male, female, other; None is unknown."""
    identifier = models.CharField(max_length=100)
    """The clinic's record number, or the one that came with an import."""
    identifier_system = models.CharField(max_length=200, blank=True)
    """Who gave the number, as an address: two hospitals may give one number to two people.

    Empty for a number of this clinic's own, and where an import did not say.
    """
    phone = models.CharField(max_length=40, blank=True)
    emergency_contact = models.CharField(max_length=200, blank=True)
    registered_at = models.DateTimeField()
    deceased = models.BooleanField(default=False)
    """True where a source says that the person has died; false says nothing."""
    deceased_on = models.DateField(null=True)
    inactive = models.BooleanField(default=False)
    """True where the source says that its record is no longer in use."""
    replaced_by_number = models.CharField(max_length=300, blank=True)
    """The record that the source names in place of an inactive one."""
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="patient"
    )

    class Meta:
        ordering = ["family_name", "given_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["identifier_system", "identifier"], name="one_chart_for_a_record_number"
            )
        ]

    @property
    def patient_key(self) -> UUID:
        """A patient's own row belongs to their own chart."""
        return self.id

    @property
    def name(self) -> str:
        """Family name first, as charts are filed; the one name of who has no other.

        Nameless on a page of somebody to whom the chart is closed.
        """
        if self.hidden:
            return hiding.NAMELESS
        return ", ".join(filter(None, (self.family_name, self.given_name)))

    @property
    def hidden(self) -> bool:
        """True while a page is made for somebody to whom this chart is closed."""
        return hiding.hidden(self.pk)

    def __str__(self) -> str:
        return self.name


class IdentityChange(Row):
    """A correction of who a patient is: what stood there, what stands now, who, when and why."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="identity_changes")
    before = models.JSONField()
    """The columns that changed, as they were; dates as ISO text."""
    after = models.JSONField()
    why = models.CharField(max_length=300)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at"]


R = TypeVar("R", bound=Row)


class Standing(RowManager[R]):
    """The rows that stand: neither struck nor replaced by a correction."""

    def get_queryset(self) -> models.QuerySet[R]:
        """Without what was withdrawn, so that no reader of the chart can forget to leave it out."""
        return super().get_queryset().filter(withdrawn_at=None)


class Everything(RowManager[R]):
    """All rows, also those that were struck or replaced."""


class RecordRow(Row):
    """What the record holds about a patient, with where it came from.

    A row is never changed in what it says. It is withdrawn, by a person and with a reason, and
    where it was corrected or ended another row stands in its place.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="%(class)ss")
    origin = models.CharField(max_length=300)
    """In words, for example "import Elsa_Vargas.json" or "entered by hand by R. Okafor"."""
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    """When it was struck or replaced; None for what stands."""
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_why = models.CharField(max_length=300, blank=True)
    replaced_by = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaces"
    )
    """The row that stands in its place; None for one that was struck."""

    objects = Standing()  # type: ignore[misc]
    everything = Everything()

    class Meta:
        abstract = True


class CodedRow(RecordRow):
    """A thing with a code and words: what a condition, a medication and an allergy share."""

    system = models.CharField(max_length=200, null=True)
    code = models.CharField(max_length=64, null=True)
    codings = models.JSONField(default=list)
    """Every coding as received, in its order: {"system", "code", "display"}, each text or None."""
    text = models.CharField(max_length=500)
    relation = models.CharField(max_length=100, blank=True)
    """Whose it is in a family history, for example "mother"; empty for the patient's own."""
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
    checked_again = models.BooleanField(default=False)
    """True for a weight that did not fit the record and that a person checked before it came in."""

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
