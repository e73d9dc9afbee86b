"""Forms of a course: its start, an order, the second person, a therapy visit, a reason."""

from __future__ import annotations

from django import forms

from mooring.clinic.actions import RefusedError
from mooring.clinic.courses import care
from mooring.clinic.courses.actions import NO_PLAN
from mooring.clinic.people.fields import Line, Moment, Words
from mooring.core.protocols import regimens

LINES = {"rows": 4}
OWNER = {"form": "order-form"}


class CourseForm(forms.Form):
    """Why and how a course is given. Nothing in it is chosen beforehand."""

    indication = forms.ChoiceField(
        label="What the course is for",
        widget=forms.RadioSelect,
        choices=[(entry.id, entry.name) for entry in care.care().indications],
    )
    indication_detail = Words(
        max_length=2000,
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
    model_reason = Words(
        max_length=2000,
        label="Why this model, for this patient",
        widget=forms.Textarea(attrs=LINES),
    )
    regimen = forms.ChoiceField(
        label="The plan it is held against",
        widget=forms.RadioSelect,
        choices=[
            *((name, regimens.load(name).title) for name in regimens.names()),
            (NO_PLAN, "None of these: the sessions are not counted against a plan"),
        ],
        help_text="A plan counts and tells; it books nothing.",
    )


class SoftForm(forms.Form):
    """The prescriber's own reason; asked for where an order is outside what is usual."""

    reason = Words(
        max_length=2000,
        label="Why it may go outside what is usual",
        widget=forms.Textarea(attrs={"rows": 3, **OWNER}),
        error_messages={"required": "Say it in words; it is kept with the order."},
    )


class SecondForm(forms.Form):
    """Filled in by the second person; bound and checked for a hard stop only.

    It stands below the order as it is read back, and belongs to the order's form by its id.
    """

    second_reason = Words(
        max_length=2000,
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
    visited_at = Moment(
        label="When it was held",
        error_messages={"invalid": "Give the day and the time, for example 2026-11-05 10:30."},
    )
    summary = Words(
        max_length=20_000,
        label="Summary",
        widget=forms.Textarea(attrs=LINES),
        help_text="For the whole team. What belongs to the therapy alone stays in its own notes.",
    )
    intention = Words(
        max_length=2000,
        label="Intention",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What the patient wants to bring into the session.",
    )
    touch_consent = Line(
        label="Touch, in the patient's own words",
        required=False,
        max_length=300,
        help_text="Left empty it means: not asked.",
    )


class ReasonForm(forms.Form):
    """A reason, for what cannot be taken back."""

    reason = Words(label="Reason", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


def put_refusal(form: forms.Form, refused: RefusedError) -> None:
    """Show why an action was refused, at the field it names where the form has that field."""
    field = refused.field if refused.field in form.fields else None
    for reason in refused.reasons:
        form.add_error(field, reason)
