"""What is asked: a dose, how it is given, and to a person of what weight."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mooring.clinic.people.fields import PlainNumber
from mooring.clinic.pharmacology.words import WAYS
from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology.regimen import IN_PIECES, Amount, GivenAs, Regimen
from mooring.core.pharmacology.what_if import Person, Planned

START = {
    "drug": Drug.RACEMIC_KETAMINE.value,
    "way": GivenAs.INTRAVENOUS_INFUSION.value,
    "dose": "35",
    "unit": Amount.MILLIGRAMS.value,
    "minutes": "40",
    "number": "2",
    "gap": "5",
    "weight": "70",
}
"""The page's first example: 0.5 mg/kg for a person of 70 kg."""
MOST_DEVICES = 6


class Within(PlainNumber):
    """A number between two limits."""

    def __init__(self, least: str, most: str, of: str, **options: Any) -> None:
        self.least, self.most, self.of = Decimal(least), Decimal(most), of
        super().__init__(**options)
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value: Any) -> Decimal | None:
        """The number. Outside the limits it says them."""
        number = super().clean(value)
        if number is not None and not self.least <= number <= self.most:
            raise ValidationError(f"{self.of} from {self.least} to {self.most} is needed.")
        return number


class WhatIfForm(forms.Form):
    """Only what the way of giving uses is needed; the rest may stay as it is."""

    drug = forms.ChoiceField(
        label="Drug",
        choices=[(drug.value, drug.display) for drug in Drug],
        error_messages={"required": "Choose a drug.", "invalid_choice": "Choose one of the two."},
    )
    way = forms.ChoiceField(
        label="Route",
        choices=[(way.value, words) for way, words in WAYS.items()],
        error_messages={"required": "Choose a route.", "invalid_choice": "Choose one of these."},
    )
    dose = Within("0.01", "1000", "A dose", label="Dose, as base", required=False)
    unit = forms.ChoiceField(
        label="Unit",
        choices=[(unit.value, unit.value) for unit in Amount],
        required=False,
        error_messages={"invalid_choice": "Choose mg or mg/kg."},
    )
    minutes = Within("1", "600", "A number of minutes", label="Minutes", required=False)
    number = Within("1", "40", "A number", label="Number", required=False)
    gap = Within("1", "60", "A number of minutes", label="Minutes between", required=False)
    weight = Within("25", "400", "A weight in kg", label="Weight, kg", required=False)
    age = Within("18", "110", "An age in years", label="Age, years", required=False)

    def clean_number(self) -> Decimal | None:
        """Whole pieces."""
        number: Decimal | None = self.cleaned_data["number"]
        if number is not None and number != number.to_integral_value():
            raise ValidationError("A whole number is needed, for example 2.")
        return number

    def clean(self) -> dict[str, Any]:
        """Ask for what the way of giving uses."""
        typed: dict[str, Any] = super().clean() or {}
        way = typed.get("way")
        if way in IN_PIECES:
            self._pieces(typed, GivenAs(way))
        else:
            self._need("dose", "A dose is needed, for example 35.")
        if way == GivenAs.INTRAVENOUS_INFUSION:
            self._need("minutes", "An infusion takes some minutes, for example 40.")
        return typed

    def regimen(self) -> Regimen:
        """What is asked about. Call only on a form that is_valid()."""
        typed = self.cleaned_data
        return Planned(
            drug=Drug(typed["drug"]),
            given_as=GivenAs(typed["way"]),
            dose=_float(typed["dose"]),
            unit=Amount(typed["unit"] or Amount.MILLIGRAMS),
            minutes=_float(typed["minutes"]),
            number=int(typed["number"] or 1),
            gap=float(typed["gap"] or 5),
        ).regimen()

    def person(self) -> Person:
        """For whom. What was left empty is not known. Call only on a form that is_valid()."""
        return Person(_float(self.cleaned_data["weight"]), _float(self.cleaned_data["age"]))

    def _pieces(self, typed: dict[str, Any], way: GivenAs) -> None:
        self._need("number", "A number is needed, for example 2.")
        number = typed.get("number")
        if way is GivenAs.NASAL_DEVICE and number is not None and number > MOST_DEVICES:
            self.add_error("number", f"From 1 to {MOST_DEVICES} devices.")
        if number is not None and number > 1:
            self._need("gap", "The minutes between two are needed, for example 5.")

    def _need(self, name: str, sentence: str) -> None:
        if name not in self.errors and self.cleaned_data.get(name) is None:
            self.add_error(name, sentence)


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
