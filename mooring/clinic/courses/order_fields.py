"""Fields of an order: an amount, a count, one of a few answers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

PICK = "Choose one."


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


def count(label: str, most: int, **more: Any) -> forms.IntegerField:
    """A field for a whole number from 1."""
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Type a whole number.",
            "invalid": "Type a whole number, for example 3.",
            "min_value": "Type a whole number from 1.",
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
