"""Forms of the chart."""

from __future__ import annotations

from typing import Any

from django import forms

from mooring.clinic.actions import RefusedError
from mooring.clinic.people.fields import Day, Line, Moment, PlainNumber
from mooring.core.drugs.weight import WeightMethod

SEXES = [("", "Unknown"), ("female", "Female"), ("male", "Male"), ("other", "Other")]
SOURCE = "For example: told by the patient, referral letter of 3 March 2026"
SOURCE_LENGTH = 60


def add_refusal(form: forms.Form, refusal: RefusedError) -> None:
    """Show why an action was refused, beside its field where it has one."""
    field = refusal.field if refusal.field in form.fields else None
    for reason in refusal.reasons:
        form.add_error(field, reason)


class SearchForm(forms.Form):
    """Search among patients."""

    q = Line(label="Name or record number", max_length=200, required=False)


class PatientForm(forms.Form):
    """Intake: who a patient is."""

    family_name = Line(label="Family name", max_length=200)
    given_name = Line(label="Given name", max_length=200)
    birth_date = Day(
        label="Date of birth", required=False, help_text="Leave empty if it is not known."
    )
    sex = forms.ChoiceField(label="Sex", choices=SEXES, required=False, widget=forms.RadioSelect)
    identifier = Line(label="Record number", max_length=100)
    phone = Line(label="Telephone", max_length=40, required=False)
    emergency_contact = Line(
        label="Whom to call in an emergency",
        max_length=200,
        required=False,
        help_text="Name, relation and number",
    )
    another_person = forms.BooleanField(
        label="This is another person of the same name and birth date", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.data.get("another_person"):
            self.fields["another_person"].widget = forms.HiddenInput()

    def offer_another_person(self) -> None:
        """Show the box that says this is another person."""
        self.fields["another_person"].widget = forms.CheckboxInput()


class CodedForm(forms.Form):
    """A condition, a medication or an allergy in words."""

    STATUSES: tuple[tuple[str, str], ...] = ()
    text = Line(label="What", max_length=500)
    status = forms.ChoiceField(label="Status", widget=forms.RadioSelect)
    since = Day(label="Since", required=False, help_text="Leave empty if it is not known.")
    until = Day(label="Until", required=False)
    source = Line(label="Known from", max_length=SOURCE_LENGTH, required=False, help_text=SOURCE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)  # noqa: S101
        status.choices = list(self.STATUSES)


class ConditionForm(CodedForm):
    """A diagnosis or finding."""

    STATUSES = (("active", "Active"), ("resolved", "Resolved"), ("unknown", "Not known"))


class MedicationForm(CodedForm):
    """A medicine that is or was taken."""

    STATUSES = (("active", "Taken now"), ("stopped", "Stopped"), ("unknown", "Not known"))
    dose = Line(label="Dose", max_length=200, required=False, help_text="As the patient takes it")
    field_order = ("text", "dose", "status")


class AllergyForm(CodedForm):
    """An allergy or intolerance."""

    STATUSES = (("active", "Active"), ("resolved", "Resolved"), ("unknown", "Not known"))


class MeasurementForm(forms.Form):
    """A number with the unit it was read in."""

    MEASURED = (
        ("weight", "Weight in kg"),
        ("weight_lb", "Weight in lb"),
        ("height", "Height in cm"),
        ("heart_rate", "Heart rate per minute"),
        ("spo2", "Oxygen saturation in %"),
    )
    METHODS = (
        ("", "Does not apply"),
        *((m.value, m.value.capitalize()) for m in WeightMethod if m is not WeightMethod.UNKNOWN),
    )
    measured = forms.ChoiceField(label="What", choices=MEASURED, widget=forms.RadioSelect)
    value = PlainNumber(label="Value")
    method = forms.ChoiceField(
        label="How a weight was found",
        choices=METHODS,
        required=False,
        widget=forms.RadioSelect,
    )
    taken_at = Moment(label="When")
    source = Line(label="Known from", max_length=SOURCE_LENGTH, required=False, help_text=SOURCE)
    doubt_settled = forms.BooleanField(
        label="I checked the number and its unit again", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.data.get("doubt_settled"):
            self.fields["doubt_settled"].widget = forms.HiddenInput()

    def offer_doubt_settled(self) -> None:
        """Show the box that says the number was checked."""
        self.fields["doubt_settled"].widget = forms.CheckboxInput()

    def clean(self) -> dict[str, Any]:
        """A weight says how it was found."""
        cleaned = super().clean() or {}
        weighs = str(cleaned.get("measured", "")).startswith("weight")
        if weighs and not cleaned.get("method") and "method" not in self.errors:
            self.add_error("method", "Say how the weight was found.")
        return cleaned


class BloodPressureForm(forms.Form):
    """A blood pressure measured outside a session."""

    systolic = PlainNumber(label="Systolic, mmHg")
    diastolic = PlainNumber(label="Diastolic, mmHg")
    taken_at = Moment(label="When")
    source = Line(label="Known from", max_length=SOURCE_LENGTH, required=False, help_text=SOURCE)
