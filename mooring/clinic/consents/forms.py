"""Forms for touch consent and intention."""

from __future__ import annotations

from django import forms

from mooring.clinic.people.fields import Line, Words
from mooring.core.session.labels import TOUCH_WORDS


class TouchForm(forms.Form):
    """What the patient says about touch."""

    touch = forms.ChoiceField(
        label="Touch during a session",
        choices=[(value, words.capitalize()) for value, words in TOUCH_WORDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the answers."},
    )
    agreed = Line(
        label="What was agreed, in the patient's words",
        required=False,
        max_length=300,
        help_text="Needed where touch is as agreed.",
    )


class IntentionForm(forms.Form):
    """What the patient wants to bring into the sessions."""

    text = Words(
        label="Intention, in the patient's words",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say it in the patient's words."},
    )
