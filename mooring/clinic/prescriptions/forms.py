"""What a prescription asks for beside the order, and what home use asks for besides."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.accounts.models import User
from mooring.clinic.courses.models import Order
from mooring.clinic.people.fields import Day, Line, Words
from mooring.clinic.prescriptions.record import GATES, against
from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.nasal import NasalSprayOrder
from mooring.core.drugs.prescription import Prescription
from mooring.core.protocols.ladders import Answer, Gate

COUNTED = [("hydrochloride", "Hydrochloride"), ("base", "Base")]
WHERE = [("clinic", "In the clinic, in sessions"), ("home", "At home")]
ANSWERS = [("yes", "Yes"), ("no", "No"), ("", "Not answered")]
KEPT = ("clinic_address", "clinic_telephone", "registration", "patient_address", "indication")
"""What the next prescription begins with."""


def whole(label: str, most: int, least: int = 1, **more: Any) -> forms.IntegerField:
    """A whole number within bounds, with the words that say so."""
    say = f"A whole number from {least} to {most} is needed."
    words = dict.fromkeys(("invalid", "min_value", "max_value"), say)
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, error_messages=words, **more
    )


class PrescriptionForm(forms.Form):
    """The elements that no order holds. Nothing is filled in that nobody wrote before."""

    doses = whole("How many doses", 60)
    per_week = whole("No more doses in 7 days than", 7)
    follow_up_on = Day(label="Follow-up on")
    where = forms.ChoiceField(label="Taken where", choices=WHERE, widget=forms.RadioSelect)
    counted = forms.ChoiceField(
        label="The strength counts", choices=COUNTED, widget=forms.RadioSelect,
        help_text="Ask the pharmacy: a strength may count either.",
    )  # fmt: skip
    priming_sprays = whole(
        "Sprays that priming the pump takes", 20, least=0, required=False,
        help_text="Ask the pharmacy. They are filled on top; empty is none.",
    )  # fmt: skip
    indication = Line(label="For", max_length=200)
    patient_address = Words(label="Patient's address", max_length=400)
    clinic_address = Words(label="Clinic's address", max_length=400)
    clinic_telephone = Line(label="Clinic's telephone", max_length=40)
    registration = Line(label="Your registration for controlled drugs", max_length=40)
    notes = Words(label="To the pharmacy", required=False, max_length=1000)

    def __init__(self, order: Order, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        self.record = against(order, today)
        written = order.as_written
        if isinstance(written, ByMouthOrder):
            del self.fields["priming_sprays"], self.fields["counted"]
        for gate in GATES.home:
            self.fields |= gate_fields(gate, self.record[gate.id])

    def gates(self) -> dict[str, Answer]:
        """The answers for home use."""
        return {gate.id: self.answer(gate.id) for gate in GATES.home}

    def answer(self, gate: str) -> Answer:
        """What was said to one gate; None is not answered."""
        said = self.cleaned_data
        yes = {"yes": True, "no": False}.get(said[f"gate_{gate}"])
        return Answer(yes, said.get(f"gate_{gate}_words", ""), said.get(f"gate_{gate}_on"))

    def asked(self) -> list[Any]:
        """The fields without those of home use."""
        return [field for field in self if not field.name.startswith("gate_")]

    def home(self) -> list[Any]:
        """The questions that home use asks."""
        return [field for field in self if field.name.startswith("gate_")]

    def prescription(self, by: User, today: date) -> Prescription:
        """What is typed, with what the record knows."""
        said, patient = self.cleaned_data, self.order.course.patient
        written = self.order.as_written
        assert isinstance(written, NasalSprayOrder | ByMouthOrder)  # noqa: S101 - by the view
        counted = written.counted if isinstance(written, ByMouthOrder) else said["counted"]
        return Prescription(
            order=written,
            doses=said["doses"],
            per_week=said["per_week"],
            at_home=said["where"] == "home",
            issued_on=today,
            follow_up_on=said["follow_up_on"],
            clinic=the_clinic().name,
            prescriber=str(by),
            credential=by.credential,
            patient=patient.name,
            born_on=patient.birth_date,
            counted=counted,
            priming_sprays=said.get("priming_sprays") or 0,
            notes=said["notes"],
            **{name: said[name] for name in KEPT},
        )


def gate_fields(gate: Gate, record: tuple[str, ...]) -> dict[str, forms.Field]:
    """A gate's question, and what else its yes has to say."""
    name = f"gate_{gate.id}"
    said = f"The record says: {'; '.join(record)}." if record else ""
    fields: dict[str, forms.Field] = {
        name: forms.ChoiceField(
            label=gate.asks, choices=ANSWERS, required=False, widget=forms.RadioSelect, initial="",
            help_text=said,
        )
    }  # fmt: skip
    if gate.names or record:
        asks = gate.names or "why yes, although the record says otherwise"
        label = f"{asks[0].upper()}{asks[1:]}"
        fields[f"{name}_words"] = Line(label=label, required=False, max_length=300)
    if gate.within is not None:
        fields[f"{name}_on"] = Day(label="Looked up on", required=False)
    for field in fields.values():
        # Not "optional": a prescription for home needs it, one for the clinic is not asked.
        field.asked = True  # type: ignore[attr-defined]
    return fields
