"""What is asked when a look, its correction or a review is written down."""

from __future__ import annotations

from typing import Any

from django import forms

from mooring.clinic.people.fields import Day, Words
from mooring.core.protocols.watch import Result

CHOOSE = {"required": "One of these is needed.", "invalid_choice": "One of these is needed."}


class ReviewForm(forms.Form):
    """What a prescriber decided about a finding."""

    taken_on = Day(label="On")
    words = Words(label="What was decided", max_length=2000)


class WithdrawForm(forms.Form):
    """Why a review is taken back."""

    words = Words(label="What the mistake was", max_length=2000)


class LookForm(forms.Form):
    """What came of a look."""

    taken_on = Day(label="Looked at on")
    result = forms.ChoiceField(
        label="What came of it", widget=forms.RadioSelect, error_messages=CHOOSE
    )
    words = Words(
        label="Value or finding, in words",
        max_length=2000,
        required=False,
        help_text="For example ALT 22 U/L. Needed for a finding, and for what was not done.",
    )

    def __init__(self, *args: Any, correcting: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [one for one in Result if correcting or one is not Result.WITHDRAWN]
        field = self.fields["result"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(one.value, one.in_words.capitalize()) for one in offered]
