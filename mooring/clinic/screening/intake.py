"""What an interview finds beside its questions: weight, blood pressure, medicines, allergies.

They stand on the interview's own page, so that a first visit is one page. Each is written by the
same action as on the page of its own, and what cannot be saved does not hold up the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django import forms

from mooring.clinic.actions import Actor, RefusedError, writing
from mooring.clinic.exposure.actions import add_pressure
from mooring.clinic.people.actions import add_coded, add_measurement
from mooring.clinic.people.fields import PlainNumber, Words
from mooring.clinic.people.forms import MeasurementForm, add_refusal
from mooring.clinic.people.lists import AskedList, asked_list, say_of_list
from mooring.clinic.people.models import ListName, Patient
from mooring.clinic.people.weights import newest_first

SOURCE = "asked in the interview"
LONGEST_LINE = 500


class Part(forms.Form):
    """One panel of the interview. Left empty it says nothing."""

    id: ClassVar[str]
    title: ClassVar[str]
    says: ClassVar[tuple[str, ...]]
    """The fields that make it speak."""

    def __init__(self, patient: Patient, data: Mapping[str, str] | None = None) -> None:
        self.patient = patient
        super().__init__(data, prefix=self.id)
        for field in self.fields.values():
            # Nothing here is optional in the sense of not mattering: it is asked, or open.
            field.asked = True  # type: ignore[attr-defined]

    @property
    def given(self) -> bool:
        """True where something was entered."""
        return any(self.data.get(self.add_prefix(name), "").strip() for name in self.says)

    def save(self, by: Actor, now: datetime) -> None:
        """Write down what was entered. Raises RefusedError."""
        raise NotImplementedError


class WeightPart(Part):
    """A weight of now, with its unit and how it was found."""

    id, title, says = "weight", "Weight", ("value", "method")
    value = PlainNumber(label="Today", error_messages={"required": "Enter the weight."})
    unit = forms.ChoiceField(
        label="In", choices=(("kg", "kg"), ("lb", "lb")), initial="kg", widget=forms.RadioSelect
    )
    method = forms.ChoiceField(
        label="How it was found",
        choices=MeasurementForm.METHODS[1:],
        widget=forms.RadioSelect,
        error_messages={"required": "Say how the weight was found."},
    )
    doubt_settled = forms.BooleanField(
        label="I checked the number and its unit again", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last = next(iter(newest_first(self.patient, "weight", "kg")), None)
        if not self.data.get(self.add_prefix("doubt_settled")):
            self.fields["doubt_settled"].widget = forms.HiddenInput()

    def save(self, by: Actor, now: datetime) -> None:
        """A weight that does not fit the record is asked about once more."""
        values = dict(self.cleaned_data)
        pounds = values.pop("unit") == "lb"
        try:
            add_measurement(
                by, patient=self.patient, code="weight", pounds=pounds, taken_at=now, now=now,
                **values,
            )  # fmt: skip
        except RefusedError as refusal:
            if refusal.field == "doubt_settled":
                self.fields["doubt_settled"].widget = forms.CheckboxInput()
            raise


class PressurePart(Part):
    """A blood pressure of now, at rest."""

    id, title, says = "pressure", "Blood pressure, mmHg", ("systolic", "diastolic")
    systolic = PlainNumber(label="Systolic")
    diastolic = PlainNumber(label="Diastolic")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.last = self.patient.bloodpressures.first()

    def save(self, by: Actor, now: datetime) -> None:
        """A raised one calls the prescriber, as from the chart."""
        add_pressure(by, patient=self.patient, taken_at=now, now=now, **self.cleaned_data)


class ListPart(Part):
    """A list that is asked: entries one a line, or that there are none, or that it is complete."""

    says = ("entries", "none", "complete")
    name: ClassVar[ListName]
    kind: ClassVar[str]
    entries = Words(label="", required=False)
    none = forms.BooleanField(label="There are none", required=False)
    complete = forms.BooleanField(label="Gone through: the list is complete", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stands: AskedList = asked_list(self.patient, self.name)
        self.fields["entries"].label = self.label_of_entries
        del self.fields["none" if self.stands.current else "complete"]

    @property
    def label_of_entries(self) -> str:
        """What the lines are; "more" where the list holds some."""
        more = "more " if self.stands.current else ""
        return f"{more}{self.title}, one a line".capitalize()

    def clean_entries(self) -> list[str]:
        """The lines that hold something."""
        lines = [line.strip() for line in self.cleaned_data["entries"].splitlines()]
        lines = [line for line in lines if line]
        if any(len(line) > LONGEST_LINE or "\t" in line for line in lines):
            raise forms.ValidationError(f"At most {LONGEST_LINE} characters a line, without tabs.")
        return lines

    def save(self, by: Actor, now: datetime) -> None:
        """Enter the lines, then say what was said of the list; all of it or nothing."""
        entries, none = self.cleaned_data["entries"], self.cleaned_data.get("none", False)
        if entries and none:
            raise RefusedError("Either there are none, or they are on the list.", field="entries")
        facts: dict[str, Any] = {"patient": self.patient, "source": SOURCE, "now": now}
        known = {row.text.casefold() for row in self.stands.current}
        with writing():
            for line in entries:
                if line.casefold() not in known:
                    add_coded(by, kind=self.kind, text=line, status="active", **facts)
            if none or self.cleaned_data.get("complete"):
                say_of_list(by, name=self.name, none=none, **facts)


class MedicinesPart(ListPart):
    """The medicines, each with the dose as it is taken."""

    id, title = "medications", "medicines"
    name, kind = ListName.MEDICATIONS, "medication"


class AllergiesPart(ListPart):
    """The allergies, each with its reaction."""

    id, title = "allergies", "allergies"
    name, kind = ListName.ALLERGIES, "allergy"


@dataclass(frozen=True)
class Intake:
    """The panels of one interview, in the order in which they are asked."""

    parts: tuple[Part, ...]

    @property
    def problems(self) -> int:
        """How many panels could not be saved."""
        return sum(1 for part in self.parts if part.errors)


KINDS: tuple[type[Part], ...] = (WeightPart, PressurePart, MedicinesPart, AllergiesPart)


def intake(
    patient: Patient, by: Actor, data: Mapping[str, str] | None = None, *, now: datetime
) -> Intake:
    """The panels; with `data`, after saving what could be, and with what was typed elsewhere."""
    return Intake(tuple(_after_saving(kind, patient, by, data, now) for kind in KINDS))


def _after_saving(
    kind: type[Part],
    patient: Patient,
    by: Actor,
    data: Mapping[str, str] | None,
    now: datetime,
) -> Part:
    part = kind(patient, data)
    if data is None or not part.given:
        return kind(patient)
    if part.is_valid():
        try:
            part.save(by, now)
        except RefusedError as refusal:
            add_refusal(part, refusal)
    return part if part.errors else kind(patient)
