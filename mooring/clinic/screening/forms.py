"""The form of the decision."""

from __future__ import annotations

from typing import Any

from django import forms

from mooring.clinic.courses import care
from mooring.clinic.courses.ways import ways
from mooring.clinic.people.fields import Words
from mooring.clinic.screening.models import Decision
from mooring.core.protocols.screening import Choice


class DecisionForm(forms.Form):
    """What the prescriber decides, and why."""

    decision = forms.ChoiceField(
        label="Decision", choices=Decision.choices, widget=forms.RadioSelect
    )
    reason = Words(label="Reason", max_length=4000)
    seen = forms.CharField(widget=forms.HiddenInput(), required=False)


class PlanForm(forms.Form):
    """What a patient is screened for. It chooses the policy."""

    way = forms.ChoiceField(label="Drug and route")
    indication = forms.ChoiceField(label="For")
    model_of_care = forms.ChoiceField(label="Model of care")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = care.care()
        self.offer("way", [(w.id, f"{w.drug.display}, {w.route.display}") for w in ways()])
        self.offer("indication", [(each.id, each.name) for each in entries.indications])
        self.offer("model_of_care", [(each.id, each.name) for each in entries.models])

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """The choices of one field, read when the page is."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = choices


class SideForm(forms.Form):
    """The side that the clinic follows, and why."""

    disagreement = forms.CharField(widget=forms.HiddenInput())
    side = forms.ChoiceField(label="This clinic follows", widget=forms.RadioSelect)
    reason = Words(label="Why", max_length=2000)

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"id_{choice.disagreement}_%s"
        super().__init__(*args, **kwargs)
        field = self.fields["side"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(side.id, side.title) for side in choice.sides]
