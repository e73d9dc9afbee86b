"""What is asked before a chart is restricted, opened with a reason, or looked back on."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from mooring.clinic.accounts.models import User
from mooring.clinic.people.fields import Line, Words
from mooring.clinic.people.models import Patient
from mooring.clinic.tasks.owners import may_hold

IN_WORDS = {"rows": 2}
EMERGENCIES = (
    "Emergency in a session that runs",
    "The patient, or somebody with them, calls in a crisis",
)
"""Reasons that one tap gives: whoever has no time to type still says why."""


class BreakGlassForm(forms.Form):
    """Why somebody outside the team needs the chart now."""

    reason = Words(
        label="Another reason, in your own words",
        widget=forms.Textarea(attrs=IN_WORDS),
        max_length=500,
        error_messages={"required": "Say why you need this chart now."},
    )


class RestrictForm(forms.Form):
    """Why a chart is restricted, or opened to everybody in care again."""

    reason = Words(
        label="Why",
        widget=forms.Textarea(attrs=IN_WORDS),
        max_length=500,
        error_messages={"required": "Say why."},
    )


class ByNumberForm(RestrictForm):
    """The same for an owner, who sees no charts: by the record number."""

    number = Line(label="Record number", max_length=100)
    field_order = ("number", "reason")

    def clean_number(self) -> Patient:
        """The chart of that number; one number may come from two hospitals, then neither."""
        found = list(Patient.objects.filter(identifier=self.cleaned_data["number"].strip())[:2])
        if len(found) != 1:
            raise forms.ValidationError("No single chart has this record number.")
        return found[0]


class TeamForm(forms.Form):
    """Who else belongs to the team."""

    person = forms.ModelChoiceField(label="Add to the team", queryset=User.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(Any, self.fields["person"]).queryset = may_hold()


class ReviewForm(forms.Form):
    """What came of it."""

    said = Words(
        label="What came of it",
        widget=forms.Textarea(attrs=IN_WORDS),
        max_length=1000,
        error_messages={"required": "Say what came of it."},
    )
