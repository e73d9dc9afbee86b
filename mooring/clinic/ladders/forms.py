"""What is asked when a ladder is started or ended, and when a step is reviewed."""

from __future__ import annotations

from typing import Any

from django import forms

from mooring.clinic.people.fields import Words
from mooring.core.protocols.ladders.policy import LadderPolicy
from mooring.core.protocols.ladders.standing import Decision, Trouble

TROUBLE = [("none", "None"), ("mild", "Mild"), ("worse", "More than mild"), ("", "Not asked")]
DECISIONS = [
    (Decision.GO_ON.value, "Go on to the next step"),
    (Decision.STAY.value, "The same dose once more"),
    (Decision.END.value, "End the ladder here"),
]


class ReasonForm(forms.Form):
    """One reason, in words."""

    reason = Words(label="Why", required=True)


class ReviewForm(forms.Form):
    """The checklist of a step, then the clinician's decision."""

    def __init__(self, policy: LadderPolicy, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items_asked = policy.checklist.items
        for number, item in enumerate(self.items_asked):
            self.fields[f"item_{number}"] = forms.ChoiceField(
                label=item.capitalize(), choices=TROUBLE, required=False, initial="",
                widget=forms.RadioSelect,
            )  # fmt: skip
        self.fields["decision"] = forms.ChoiceField(
            label="Decided", choices=DECISIONS, widget=forms.RadioSelect
        )
        self.fields["words"] = Words(label="How it went, and why", required=True)

    def answers(self) -> dict[str, Trouble | None]:
        """Each item with how much there was; None is not asked."""
        said = (self.cleaned_data[f"item_{n}"] for n in range(len(self.items_asked)))
        return {
            item: Trouble(word) if word else None
            for item, word in zip(self.items_asked, said, strict=True)
        }
