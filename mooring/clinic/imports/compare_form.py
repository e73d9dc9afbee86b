"""The choices of a comparison as a form: one for each entry that is new or differs."""

from __future__ import annotations

from typing import Any

from django import forms

from mooring.clinic.imports.comparing import Compared, Comparison, How, Part
from mooring.clinic.imports.merging import ADD, LEAVE, MINE, THEIRS
from mooring.clinic.people.entry_forms import WhyForm

DIFFERS = ((MINE, "Keep what stands"), (THEIRS, "Take the file's"), (ADD, "Add it beside"))
WHO = ((MINE, "Keep what stands"), (THEIRS, "Take the file's"))


class CompareForm(forms.Form):
    """Nothing is chosen beforehand where the two differ, or where the same entry was struck."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput())

    def __init__(self, compared: Comparison, data: Any = None) -> None:
        super().__init__(data, initial={"seen": compared.fingerprint})
        self.compared = compared
        for part in compared.identity:
            self.fields[f"who-{part.column}"] = _choice(part.label, WHO)
        for entry in compared.of(How.DIFFERS):
            self.fields[f"entry-{entry.place}"] = _choice(entry.name, DIFFERS)
        for entry in compared.of(How.NEW):
            self.fields[f"entry-{entry.place}"] = forms.BooleanField(
                label=entry.says, required=False, initial=not entry.struck
            )

    @property
    def who(self) -> list[tuple[Part, forms.BoundField]]:
        """Each part of the identity that differs, with its choice."""
        return [(part, self[f"who-{part.column}"]) for part in self.compared.identity]

    @property
    def differing(self) -> list[tuple[Compared, forms.BoundField]]:
        """Each entry that differs, with its choice."""
        return [(e, self[f"entry-{e.place}"]) for e in self.compared.of(How.DIFFERS)]

    @property
    def new(self) -> list[tuple[Compared, forms.BoundField]]:
        """Each entry that the chart does not have, with its choice."""
        return [(e, self[f"entry-{e.place}"]) for e in self.compared.of(How.NEW)]

    def chosen(self) -> dict[str, Any]:
        """What `merge_file` takes."""
        values = self.cleaned_data
        entries = {each.place: values[f"entry-{each.place}"] for each, _ in self.differing}
        for each, _ in self.new:
            entries[each.place] = ADD if values[f"entry-{each.place}"] else LEAVE
        identity = {part.column: values[f"who-{part.column}"] for part, _ in self.who}
        return {"entries": entries, "identity": identity, "seen": values["seen"]}


class AsideForm(WhyForm):
    """Why nothing of a file is taken."""


def _choice(label: str, choices: tuple[tuple[str, str], ...]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of these."},
    )
