"""Forms for opening the clinic and for its staff."""

from __future__ import annotations

from zoneinfo import available_timezones

from django import forms
from django.core.validators import RegexValidator

from mooring.clinic.people.fields import Line, Words
from mooring.clinic.permissions import STAFF, Role

SITTER_TOO = {Role.NURSE: "Nurse or sitter"}
ROLES = [
    (role.value, SITTER_TOO.get(role, role.value.capitalize())) for role in Role if role in STAFF
]
PLAIN_NAME = RegexValidator(
    r"^[\w.@+-]+\Z", "Use letters, figures and . @ + - _ only, without spaces."
)


class RolesForm(forms.Form):
    """What a person does in the clinic."""

    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=ROLES,
        widget=forms.CheckboxSelectMultiple,
        help_text="One person may hold several.",
    )


class PasswordForm(forms.Form):
    """A password that an owner gives to somebody."""

    password = forms.CharField(
        label="Password to begin with",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        help_text="At least 12 characters. They choose their own when they sign in first.",
    )


class PersonForm(PasswordForm, RolesForm):
    """One member of staff."""

    display_name = Line(
        label="Name as it stands under a signature",
        max_length=200,
        help_text="For example R. Okafor",
    )
    credential = Line(
        label="Credential", max_length=50, required=False, help_text="For example RN or MD"
    )
    username = forms.CharField(label="Username", max_length=150, validators=[PLAIN_NAME])
    field_order = ("display_name", "credential", "roles", "username", "password")


class OwnerForm(PersonForm):
    """The first person of a clinic."""

    def clean_roles(self) -> list[str]:
        """Without an owner nobody could ever let others in."""
        roles: list[str] = self.cleaned_data["roles"]
        if Role.OWNER not in roles:
            raise forms.ValidationError("The first person has to be an owner.")
        return roles


class ClinicForm(forms.Form):
    """The clinic as it is opened."""

    zones = sorted(available_timezones())
    name = Line(label="Name of the clinic", max_length=200)
    time_zone = Line(
        label="Time zone",
        max_length=64,
        widget=forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
        help_text="For example Europe/London or America/New_York. Times are shown in it.",
    )
    crisis_text = Words(
        label="What a patient in a crisis reads",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In the clinic's own words: who answers, and when.",
    )
    crisis_phone = Line(label="Crisis telephone number", max_length=40)
    emergency_phone = Line(label="Emergency number", max_length=40)
