"""Form fields that say what would be right, and refuse what a chart must not hold."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from mooring.clinic.people.moments import Moment
from mooring.clinic.people.text import NEEDED, forbidden

__all__ = ["Day", "Line", "Moment", "PlainNumber", "Words"]

LONGEST = 20_000
"""Characters of a text in several lines: more than a visit's note, and no book."""
_PLAIN_NUMBER = re.compile(r"[0-9]{1,6}(\.[0-9]{1,3})?")


class Line(forms.CharField):
    """One line of text."""

    def validate(self, value: Any) -> None:
        """Refuse control and direction characters, and line ends."""
        super().validate(value)
        if forbidden(value) or any(end in value for end in "\r\n\t"):
            raise ValidationError(f"One line of {NEEDED}.")


class Words(forms.CharField):
    """Several lines of text; LONGEST where a form says no other end."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, *, max_length: int = LONGEST, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)

    def validate(self, value: Any) -> None:
        """Refuse control and direction characters."""
        super().validate(value)
        if forbidden(value):
            raise ValidationError(f"{NEEDED.capitalize()}.")


class PlainNumber(forms.CharField):
    """A number as it is written at a bedside: digits, and a point where needed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=10, **options)
        self.widget.attrs["inputmode"] = "decimal"

    def clean(self, value: Any) -> Decimal | None:
        """The number, exact. "1,5", "1e3", "٧" and "-1" are refused, not guessed at."""
        text = super().clean(value)
        if not text:
            return None
        if not _PLAIN_NUMBER.fullmatch(text):
            raise ValidationError("A number such as 72 or 72.5 is needed.")
        return Decimal(text)


class Day(forms.DateField):
    """A calendar day."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **options)
        self.error_messages["invalid"] = "A day such as 2026-03-12 is needed."
