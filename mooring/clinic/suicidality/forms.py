"""What is filled in on a patient's suicidality page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from mooring.clinic.people.fields import Words
from mooring.clinic.suicidality.models import Setting
from mooring.core.measures import Skeleton, TextPack
from mooring.core.protocols.suicidality import Tier

LINES = {"rows": 3}
ANSWERS = {"yes": True, "no": False, "declined": None}


def words(label: str, *, required: bool = True, hint: str = "") -> forms.CharField:
    """A field for a few lines of text."""
    return Words(
        label=label,
        required=required,
        max_length=4000,
        help_text=hint,
        widget=forms.Textarea(attrs=LINES),
        error_messages={"required": "Say it in words."},
    )


class TierForm(forms.Form):
    """A clinician's judgement."""

    tier = forms.ChoiceField(
        label="Tier",
        widget=forms.RadioSelect,
        choices=[(tier, tier.value.capitalize()) for tier in Tier],
        error_messages={"required": "Choose a tier, or unknown."},
    )
    reasons = words("What it rests on")


def number(item: str) -> str:
    """The number of a question on the form: "2" of cssrs.2."""
    return item.partition(".")[2]


class ScreenerForm(forms.Form):
    """The screener's questions, with the clinic's licensed words or by their ids alone."""

    def __init__(self, skeleton: Skeleton, pack: TextPack | None, *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.skeleton = skeleton
        for item in skeleton.items:
            own = f"Question {number(item.id)} of your form ({item.about})"
            label = pack.items[item.id] if pack else own
            before = item.asked_after_yes_to
            hint = f"Only after a yes to question {number(before)}." if before else ""
            self.fields[item.id] = forms.ChoiceField(
                label=label,
                required=False,
                help_text=hint,
                widget=forms.RadioSelect,
                choices=[("yes", "Yes"), ("no", "No"), ("declined", "Declined")],
            )

    def answers(self) -> dict[str, bool | None]:
        """What was answered, by question id; a question without an answer is left out."""
        filled: Mapping[str, str] = self.cleaned_data
        return {item: ANSWERS[value] for item, value in filled.items() if value}


class PlanForm(forms.Form):
    """A safety plan in the patient's words."""

    warning_signs = words("How a crisis announces itself")
    by_oneself = words("What helps without anybody else", required=False)
    people_and_places = words("People and places that help", required=False)
    whom_to_call = words("Whom to call, with the numbers")
    surroundings = words("How to make the surroundings less dangerous", required=False)
    review_on = forms.DateField(
        label="Looked at again on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Give a day.", "invalid": "Give a day, as 2026-11-05."},
    )


class OpeningForm(forms.Form):
    """Why something that the tier holds may go on."""

    setting = forms.ChoiceField(
        label="What may go on", widget=forms.RadioSelect, choices=Setting.choices
    )
    reason = words("Your reason")
    second_username = forms.CharField(
        label="Username of the second person",
        required=False,
        max_length=150,
        help_text="For a group plan and a supply for home: another prescriber or nurse, with their"
        " own password and reason. A start needs none.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    second_password = forms.CharField(
        label="Their password",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    second_reason = words("Their reason", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("second_username", "second_password", "second_reason"):
            # Not optional where it is asked for; a start alone goes without.
            self.fields[name].asked = True  # type: ignore[attr-defined]
