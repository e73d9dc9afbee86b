"""Forms for opening the clinic and for its staff."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms

from mooring.clinic.permissions import STAFF, Role

STAFF_ROLES = [(role.value, role.value.capitalize()) for role in Role if role in STAFF]
NURSE_LABEL = "Nurse or sitter"


class PersonForm(forms.Form):
    """One member of staff."""

    display_name = forms.CharField(
        label="Name as it stands under a signature",
        max_length=200,
        help_text="For example R. Okafor",
    )
    credential = forms.CharField(
        label="Credential", max_length=50, required=False, help_text="For example RN or MD"
    )
    username = forms.CharField(label="Username", max_length=150)
    password = forms.CharField(
        label="First password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. They can change it after signing in.",
    )
    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=[(role, NURSE_LABEL if role == "nurse" else label) for role, label in STAFF_ROLES],
        widget=forms.CheckboxSelectMultiple,
        help_text="One person may hold several.",
    )


class ClinicForm(forms.Form):
    """The clinic as it is opened."""

    name = forms.CharField(label="Name of the clinic", max_length=200)
    time_zone = forms.ChoiceField(
        label="Time zone",
        choices=[(zone, zone) for zone in sorted(available_timezones())],
        help_text="Times are stored in UTC and shown in this zone.",
    )
    crisis_text = forms.CharField(
        label="What a patient in a crisis reads",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In the clinic's own words: who answers, and when.",
    )
    crisis_phone = forms.CharField(label="Crisis telephone number", max_length=40)
    emergency_phone = forms.CharField(label="Emergency number", max_length=40)
