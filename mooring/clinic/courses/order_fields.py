"""Fields of an order: an amount, a count, one of a few answers."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django import forms

PICK = "Choose one."
MOST_SPRAYS = 40
LONGEST = Decimal(600)
"""Minutes from the first spray to the last."""


class PlainNumber(forms.DecimalField):
    """A number in plain digits with a point. Python reads 1e2, 1_0 and ٣ too; a dose does not."""

    def to_python(self, value: Any) -> Any:
        """The number, exact; None where nothing was typed."""
        _require_digits(self, value, r"[0-9]+(\.[0-9]+)?")
        return super().to_python(value)


class PlainCount(forms.IntegerField):
    """A whole number in plain digits."""

    def to_python(self, value: Any) -> int | None:
        """The number; None where nothing was typed."""
        _require_digits(self, value, r"[0-9]+")
        return super().to_python(value)


def _require_digits(field: forms.Field, value: Any, pattern: str) -> None:
    typed = str(value or "").strip()
    if typed and not re.fullmatch(pattern, typed):
        signed = re.fullmatch(f"-{pattern}", typed)
        code = "min_value" if signed else "invalid"
        raise forms.ValidationError(field.error_messages[code], code=code)


def number(label: str, most: int, **more: Any) -> PlainNumber:
    """A field for an amount above 0 with at most two decimals."""
    return PlainNumber(
        label=label,
        min_value=Decimal("0.01"),
        max_value=Decimal(most),
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        error_messages={
            "required": "Type a number.",
            "invalid": "Type a plain number with a point, for example 0.5.",
            "min_value": "Type a number from 0.01 on.",
            "max_value": f"Type a number up to {most}.",
            "max_decimal_places": "Type at most two digits after the point, for example 0.25.",
        },
        **more,
    )


def count(label: str, most: int, **more: Any) -> PlainCount:
    """A field for a whole number from 1."""
    return PlainCount(
        label=label,
        min_value=1,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Type a whole number.",
            "invalid": "Type a whole number, for example 3.",
            "min_value": "Type a whole number from 1.",
            "max_value": f"Type a whole number up to {most}.",
        },
        **more,
    )


def pick(label: str, choices: list[tuple[str, str]], **more: Any) -> forms.ChoiceField:
    """A field with one of a few answers."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": PICK, "invalid_choice": PICK},
        **more,
    )


class SprayMinutes(forms.CharField):
    """The minute of each spray, from 0 on: "0, 10, 25"."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=400, **options)
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value: Any) -> tuple[Decimal, ...]:
        """The minutes, exact; empty where none was typed."""
        parts = [part for part in re.split(r"[,;\s]+", super().clean(value)) if part]
        if not all(re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,2})?", part) for part in parts):
            raise forms.ValidationError("Type plain minutes with commas, for example 0, 10, 25.")
        minutes = tuple(Decimal(part) for part in parts)
        if minutes and minutes[0] != 0:
            raise forms.ValidationError("The first spray is at minute 0, for example 0, 10, 25.")
        if any(later <= earlier for earlier, later in pairwise(minutes)):
            raise forms.ValidationError("Each spray is later than the one before.")
        if len(minutes) > MOST_SPRAYS or any(minute > LONGEST for minute in minutes):
            raise forms.ValidationError(f"At most {MOST_SPRAYS} sprays within {LONGEST} minutes.")
        return minutes
