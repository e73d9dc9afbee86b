"""The one question of the comparison."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mooring.clinic.people.fields import PlainNumber

SMALLEST = Decimal(1)
LARGEST = Decimal(200)
"""The highest dose by vein that a source names, 1 mg/kg (S2.56), for a person of 200 kg."""


class ReferenceDoseForm(forms.Form):
    """The dose of racemic ketamine by vein that the other routes are compared with."""

    dose = PlainNumber(
        label="Reference dose by vein, in mg",
        help_text="Racemic ketamine. 35 mg is 0.5 mg/kg for a person of 70 kg.",
        error_messages={"required": "A number of milligrams is needed, for example 35."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dose"].widget.attrs["autocomplete"] = "off"

    def clean_dose(self) -> Decimal:
        """The number, where a dose by vein can lie."""
        dose: Decimal = self.cleaned_data["dose"]
        if not SMALLEST <= dose <= LARGEST:
            raise ValidationError(f"A dose from {SMALLEST} to {LARGEST} mg is needed.")
        return dose
