"""One reason, in words."""

from __future__ import annotations

from django import forms

from mooring.clinic.people.fields import Words


class ReasonForm(forms.Form):
    """Why something is voided, or a switch turned."""

    reason = Words(label="Why", required=True)
