"""What readers and editors of the handbook fill in."""

from __future__ import annotations

from typing import Any

from django import forms

from mooring.clinic.handbook.models import About, Kind, State
from mooring.clinic.handbook.review.drafts import drafted
from mooring.clinic.people.fields import Line, Words
from mooring.core.handbook import Face, Passage

LONG = 20_000
KIND_NEEDED = "Choose what it is about."


ONE, TWO = ("both",), ("clinician", "patient")
"""How a passage may be divided: one text for everyone, or one for each reader."""


def text_for(readers: str) -> forms.CharField:
    """The field for a passage's text."""
    area = forms.Textarea(attrs={"rows": 10})
    return Words(label=f"Text for {readers}", required=False, max_length=LONG, widget=area)


class RemarkForm(forms.Form):
    """What a reader says about a passage, its chapter, or the whole."""

    about = forms.ChoiceField(label="About what?", widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label="What is it?",
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": KIND_NEEDED, "invalid_choice": KIND_NEEDED},
    )
    text = Words(
        label="In your words",
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Others read it. Name no patient and nobody's details.",
        error_messages={"required": "Write what you would like to say."},
    )
    face = forms.ChoiceField(choices=[(f, f.value) for f in Face], widget=forms.HiddenInput)
    text_digest = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, widest: About, *args: Any, **kwargs: Any) -> None:
        """`widest` is what the page is about: the choices are that, and what it is a part of."""
        super().__init__(*args, **kwargs)
        choices = list(About)[list(About).index(widest) :]
        about = self.fields["about"]
        about.choices = [(one.value, one.label) for one in choices]  # type: ignore[attr-defined]
        about.required = False
        if len(choices) == 1:
            about.widget = forms.HiddenInput()
        self.initial.setdefault("about", widest.value)
        self.widest = widest

    def clean_about(self) -> str:
        """What it is about; the page's own subject where nothing was chosen."""
        return str(self.cleaned_data["about"] or self.widest.value)


class AnswerForm(forms.Form):
    """An editor's answer; which button was pressed says what it decides."""

    text = Words(
        label="Your answer",
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Whoever may read the remark reads it, with your name.",
        error_messages={"required": "Write an answer: the reader and others see it."},
    )
    state = forms.ChoiceField(
        choices=State.choices, widget=forms.HiddenInput, required=False, initial=State.OPEN
    )


class RevisionForm(forms.Form):
    """The texts of one passage, and why they change."""

    title = Line(label="Title", max_length=200, required=False)
    both = text_for("everyone")
    clinician = text_for("clinicians")
    patient = text_for("patients")
    why = Words(
        label="What changed, and why",
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stands in the list of changes, with the date and your name.",
        error_messages={"required": "Say what changed and why: readers see it."},
    )
    opened_digest = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, standing: Passage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing

    @property
    def in_use(self) -> list[forms.BoundField]:
        """The texts as the passage is divided now."""
        return [self[name] for name in (ONE if self.standing.both else TWO)]

    @property
    def folded(self) -> list[forms.BoundField]:
        """The texts of the other way to divide it."""
        return [self[name] for name in (TWO if self.standing.both else ONE)]

    def clean(self) -> dict[str, Any]:
        """Adds `draft`: the passage with these texts."""
        filled = super().clean() or {}
        texts = {name: filled[name] for name in ("title", *ONE, *TWO) if name in filled}
        filled["draft"] = drafted(self.standing, **texts)
        return filled

    def onto(self, digest: str) -> None:
        """Let the next save be about the text that stands now, which the page shows beside it."""
        self.data = {**self.data.dict(), "opened_digest": digest}  # type: ignore[attr-defined]


class LookForm(forms.Form):
    """What the second editor says of a draft; which button was pressed says what follows."""

    said = Words(
        label="Why it goes back",
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The editor who wrote it reads this. Not needed to publish.",
    )
    publish = forms.BooleanField(required=False)
