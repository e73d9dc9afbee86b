"""Forms that end, correct and strike an entry, and correct an identity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from mooring.clinic.people.corrections import (
    ENDS,
    LONGEST_WHY,
    STANDS,
    Anew,
    CodedAnew,
    MeasuredAnew,
    PressureAnew,
    kind_of,
)
from mooring.clinic.people.fields import Day, Line, Moment, PlainNumber
from mooring.clinic.people.forms import MeasurementForm, PatientForm
from mooring.clinic.people.models import (
    BloodPressure,
    CodedRow,
    Condition,
    Measurement,
    Medication,
    RecordRow,
)
from mooring.core.quantities import plain

WORDS = {
    "active": "Active",
    "resolved": "Over",
    "remission": "In remission",
    "stopped": "Stopped",
    "completed": "Finished as planned",
    "unknown": "Not known",
}
TAKEN = {"active": "Taken now"}
"""Where a medicine has words of its own."""


def statuses(kind: str, values: tuple[str, ...]) -> list[tuple[str, str]]:
    """Statuses as choices, in words; what came from elsewhere keeps its own."""
    own = TAKEN if kind == "medication" else {}
    return [(value, own.get(value) or WORDS.get(value, value.capitalize())) for value in values]


class WhyForm(forms.Form):
    """Why something is done to what stands in the chart."""

    why = Line(label="Why", max_length=LONGEST_WHY)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([name for name in self.fields if name != "why"])


class StrikeForm(WhyForm):
    """An entry that never was so, or is another patient's."""

    why = Line(
        label="Why",
        max_length=LONGEST_WHY,
        help_text="For example: she never had it; belongs in another patient's chart.",
    )


class EndForm(WhyForm):
    """An entry that was so until a day."""

    status = forms.ChoiceField(label="What became of it", widget=forms.RadioSelect)
    until = Day(label="Until", required=False, help_text="Leave empty if nobody knows the day.")

    def __init__(self, row: CodedRow, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = kind_of(row)
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)  # noqa: S101
        status.choices = statuses(kind, ENDS[kind])


class CorrectForm(WhyForm):
    """An entry as it should have been: what is filled in is what stands."""

    def anew(self) -> Anew:
        """What is typed, as the action takes it."""
        values = {k: v for k, v in self.cleaned_data.items() if k != "why"}
        return self.read(values)

    def read(self, values: dict[str, Any]) -> Anew:
        """The values of one kind of entry."""
        raise NotImplementedError


class CorrectCodedForm(CorrectForm):
    """A condition, a medicine or an allergy."""

    text = Line(label="What", max_length=500)
    dose = Line(label="Dose", max_length=200, required=False, help_text="As the patient takes it")
    relation = Line(
        label="Whose it is",
        max_length=100,
        required=False,
        help_text="For example mother, for a family history. Empty for the patient's own.",
    )
    codes_fit = forms.ChoiceField(
        label="Does the code belong to these words?",
        choices=(("yes", "Yes, they say the same"), ("no", "No, leave the code out")),
        required=False,
        widget=forms.RadioSelect,
    )
    status = forms.ChoiceField(label="Status", widget=forms.RadioSelect)
    since = Day(label="Since", required=False, help_text="Leave empty if it is not known.")
    until = Day(label="Until", required=False)

    def __init__(self, row: CodedRow, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = kind_of(row)
        known = STANDS[kind]
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)  # noqa: S101
        status.choices = statuses(kind, known if row.status in known else (row.status, *known))
        if not isinstance(row, Medication):
            del self.fields["dose"]
        if not isinstance(row, Condition):
            del self.fields["relation"]
        codes = [row.code] if row.code else [one.get("code") for one in row.codings]
        if any(codes):
            said = ", ".join(str(code) for code in codes if code)
            self.fields[
                "codes_fit"
            ].help_text = f"Code {said}. It counts in every rule: say so where the words change."
        else:
            del self.fields["codes_fit"]

    @staticmethod
    def stands(row: CodedRow) -> dict[str, Any]:
        """What the form opens with."""
        names = ("text", "status", "since", "until")
        own = {Medication: ("dose",), Condition: ("relation",)}.get(type(row), ())
        return {name: getattr(row, name) for name in (*names, *own)}

    def read(self, values: dict[str, Any]) -> CodedAnew:
        """The entry, with what was said of its code."""
        fit = {"yes": True, "no": False}.get(values.pop("codes_fit", ""))
        return CodedAnew(**values, codes_fit=fit)


class CorrectMeasurementForm(CorrectForm):
    """A number: its kind stays, or it is struck and another one added."""

    value = PlainNumber(label="Value")
    unit = forms.ChoiceField(
        label="In", choices=(("kg", "kg"), ("lb", "lb")), initial="kg", widget=forms.RadioSelect
    )
    method = forms.ChoiceField(
        label="How the weight was found", required=False, widget=forms.RadioSelect
    )
    taken_at = Moment(label="When")
    doubt_settled = forms.BooleanField(
        label="I checked the number and its unit again", required=False
    )

    def __init__(self, row: Measurement, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        method = self.fields["method"]
        assert isinstance(method, forms.ChoiceField)  # noqa: S101
        if row.code == "weight":
            known = dict(MeasurementForm.METHODS[1:])
            method.choices = [("", "Not known"), *known.items()]
            if row.method and row.method not in known:
                method.choices = [*method.choices, (row.method, row.method)]
        else:
            self.fields["value"].label = f"Value in {row.unit}"
            del self.fields["unit"], self.fields["method"]
        if not self.data.get("doubt_settled"):
            self.fields["doubt_settled"].widget = forms.HiddenInput()

    def offer_doubt_settled(self) -> None:
        """Show the box that says the number was checked."""
        self.fields["doubt_settled"].widget = forms.CheckboxInput()

    @staticmethod
    def stands(row: Measurement) -> dict[str, Any]:
        """What the form opens with; the time to the minute, in the clinic's zone."""
        at = timezone.localtime(row.taken_at)
        return {"value": plain(row.value), "method": row.method, "taken_at": at}

    def read(self, values: dict[str, Any]) -> MeasuredAnew:
        """The number, in kilograms or in pounds."""
        return MeasuredAnew(pounds=values.pop("unit", "") == "lb", **values)


class CorrectPressureForm(CorrectForm):
    """A blood pressure."""

    systolic = PlainNumber(label="Systolic, mmHg")
    diastolic = PlainNumber(label="Diastolic, mmHg")
    taken_at = Moment(label="When")

    def __init__(self, row: BloodPressure, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)

    @staticmethod
    def stands(row: BloodPressure) -> dict[str, Any]:
        """What the form opens with."""
        at = timezone.localtime(row.taken_at)
        return {"systolic": row.systolic, "diastolic": row.diastolic, "taken_at": at}

    def read(self, values: dict[str, Any]) -> PressureAnew:
        """The pressures."""
        return PressureAnew(**values)


def correct_form(row: RecordRow, data: Any) -> CorrectForm:
    """The form that corrects this kind of entry, opened with what stands."""
    if isinstance(row, CodedRow):
        return CorrectCodedForm(row, data, initial=CorrectCodedForm.stands(row))
    if isinstance(row, Measurement):
        return CorrectMeasurementForm(row, data, initial=CorrectMeasurementForm.stands(row))
    assert isinstance(row, BloodPressure)  # noqa: S101
    return CorrectPressureForm(row, data, initial=CorrectPressureForm.stands(row))


class IdentityForm(PatientForm):
    """Who a patient is, with why it is corrected and what the page had shown."""

    why = Line(label="Why", max_length=LONGEST_WHY)
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput())
    field_order = (
        "family_name", "given_name", "birth_date", "sex", "identifier", "phone",
        "emergency_contact", "another_person", "why", "seen",
    )  # fmt: skip
