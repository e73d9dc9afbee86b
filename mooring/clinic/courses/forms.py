"""Forms of a course: its start, an order, the second person, a therapy visit, a reason."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from mooring.clinic.actions import RefusedError
from mooring.clinic.courses import care, orders
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.order import InfusionOrder
from mooring.core.drugs.weight import Weight
from mooring.core.quantities import MilligramsPerMillilitre, Minutes

LINES = {"rows": 4}
OWNER = {"form": "order-form"}


class CourseForm(forms.Form):
    """Why and how a course is given. Nothing in it is chosen beforehand."""

    indication = forms.ChoiceField(
        label="What the course is for",
        widget=forms.RadioSelect,
        choices=[(entry.id, entry.name) for entry in care.care().indications],
    )
    indication_detail = forms.CharField(
        label="In words",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed when it is something else.",
    )
    model_of_care = forms.ChoiceField(
        label="Model of care",
        widget=forms.RadioSelect,
        choices=[(entry.id, entry.name) for entry in care.care().models],
    )
    model_reason = forms.CharField(
        label="Why this model, for this patient", widget=forms.Textarea(attrs=LINES)
    )


def number(label: str, most: int, **more: Any) -> forms.DecimalField:
    """A field for an amount above 0 with at most two decimals."""
    return forms.DecimalField(
        label=label,
        min_value=Decimal("0.01"),
        max_value=Decimal(most),
        max_digits=6,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "required": "Type a number.",
            "invalid": "Type a plain number with a point, for example 0.5.",
            "min_value": "Type a number above 0.",
        },
        **more,
    )


class OrderForm(forms.Form):
    """The four things that are typed. Drug and route are fixed; the weight is the record's."""

    dose_value = number("Dose", 2000)
    dose_unit = forms.ChoiceField(
        label="Unit of the dose",
        widget=forms.RadioSelect,
        choices=[("mg/kg", "mg/kg, by body weight"), ("mg", "mg, the whole amount")],
        error_messages={"required": "Choose mg/kg or mg."},
    )
    over_minutes = number("Over how many minutes", 600)
    concentration = number(
        "Concentration in the line, mg/mL", 200, help_text="After any dilution, as it is given."
    )

    def infusion(self, weight: Weight | None) -> InfusionOrder:
        """The order as typed, for that weight. Call only on a form that is_valid()."""
        typed = self.cleaned_data
        return InfusionOrder(
            drug=Drug.RACEMIC_KETAMINE,
            route=Route.INTRAVENOUS_INFUSION,
            dose=orders.dose(typed["dose_value"], typed["dose_unit"]),
            weight=weight,
            over=Minutes(typed["over_minutes"]),
        )

    def line(self) -> MilligramsPerMillilitre:
        """What goes into the line. Call only on a form that is_valid()."""
        return MilligramsPerMillilitre(self.cleaned_data["concentration"])


class SecondForm(forms.Form):
    """Filled in by the second person; bound and checked for a hard stop only.

    It stands below the order as it is read back, and belongs to the order's form by its id.
    """

    second_reason = forms.CharField(
        label="Why it may go beyond the bounds",
        widget=forms.Textarea(attrs={"rows": 3, **OWNER}),
        error_messages={"required": "Say it in words; it is kept with the order."},
    )
    second_username = forms.CharField(
        label="Username of the second person",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", **OWNER}),
        error_messages={"required": "The second person types their own."},
    )
    second_password = forms.CharField(
        label="Their password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", **OWNER}),
        error_messages={"required": "The second person types their own."},
    )


class TherapyVisitForm(forms.Form):
    """What is kept of a preparation, integration or therapy visit."""

    purpose = forms.ChoiceField(
        label="What the visit was for",
        widget=forms.RadioSelect,
        choices=[
            ("preparation", "Preparation"),
            ("integration", "Integration"),
            ("therapy", "Therapy"),
        ],
    )
    visited_at = forms.DateTimeField(
        label="When it was held",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": "Give the day and the time, for example 2026-11-05 10:30."},
    )
    summary = forms.CharField(
        label="Summary",
        widget=forms.Textarea(attrs=LINES),
        help_text="For the whole team. What belongs to the therapy alone stays in its own notes.",
    )
    intention = forms.CharField(
        label="Intention",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What the patient wants to bring into the session.",
    )
    touch_consent = forms.CharField(
        label="Touch, in the patient's own words",
        required=False,
        max_length=300,
        help_text="Left empty it means: not asked.",
    )


class ReasonForm(forms.Form):
    """A reason, for what cannot be taken back."""

    reason = forms.CharField(label="Reason", widget=forms.Textarea(attrs={"rows": 3}))


def put_refusal(form: forms.Form, refused: RefusedError) -> None:
    """Show why an action was refused, at the field it names where the form has that field."""
    field = refused.field if refused.field in form.fields else None
    for reason in refused.reasons:
        form.add_error(field, reason)
