"""The form of the decision."""

from __future__ import annotations

from django import forms

from mooring.clinic.people.fields import Words
from mooring.clinic.screening.models import Decision


class DecisionForm(forms.Form):
    """What the prescriber decides, and why."""

    decision = forms.ChoiceField(
        label="Decision", choices=Decision.choices, widget=forms.RadioSelect
    )
    reason = Words(label="Reason", max_length=4000)
    seen = forms.CharField(widget=forms.HiddenInput(), required=False)
