"""The choices of the entry panels, in the words and the order in which a nurse meets them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.courses.models import Order
from mooring.clinic.courses.orders import concentration
from mooring.clinic.interactions.reading import medication_list
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.drugs.drug import Route
from mooring.core.drugs.order import PUMP_STEP, InfusionOrder
from mooring.core.drugs.preparation import preparation
from mooring.core.drugs.products import injectables
from mooring.core.quantities import nearest
from mooring.core.session.chart import plain
from mooring.core.session.checks import CHECK_WORDS
from mooring.core.session.labels import (
    CRITERION_WORDS,
    IDEATION_WORDS,
    INTERVENTION_WORDS,
    SYMPTOM_WORDS,
    TOUCH_WORDS,
)
from mooring.core.words import day

SEVERITIES = [
    ("none", "Asked: none"),
    ("mild", "Mild"),
    ("moderate", "Moderate"),
    ("severe", "Severe"),
]
POSITIONS = [
    ("seated", "Seated"),
    ("reclined", "Reclined"),
    ("supine", "Supine"),
    ("standing", "Standing"),
]
OXYGEN = [
    ("0", "Room air"),
    ("2", "2 L"),
    ("4", "4 L"),
    ("6", "6 L"),
    ("10", "10 L"),
    ("15", "15 L"),
]
MOAAS = [
    (5, "Answers at once to the name in a normal tone"),
    (4, "Answers slowly to the name in a normal tone"),
    (3, "Answers only when called loudly or repeatedly"),
    (2, "Answers only to a mild prod or shake"),
    (1, "Answers only to a painful squeeze"),
    (0, "Does not answer to a painful squeeze"),
]
PADSS = [
    (
        "vital_signs",
        "Blood pressure and pulse",
        ["More than 40 % off baseline", "20 to 40 % off", "Within 20 %"],
    ),
    ("activity", "Activity", ["Cannot walk", "Walks with help", "Steady gait, no dizziness"]),
    (
        "nausea_and_vomiting",
        "Nausea and vomiting",
        ["Severe, goes on after treatment", "Moderate", "None or little"],
    ),
    ("pain", "Pain", ["Severe", "Moderate", "None or little"]),
    ("bleeding", "Bleeding", ["Severe", "Moderate", "None or little"]),
]
WHEN = [
    ("", "Now"), ("1", "1 min ago"), ("2", "2 min ago"), ("5", "5 min ago"), ("10", "10 min ago"),
    ("15", "15 min ago"), ("30", "30 min ago"), ("60", "1 h ago"), ("120", "2 h ago"),
]  # fmt: skip
WHY_PAUSE = ["Blood pressure", "Patient asks", "Anxiety", "Nausea", "Access or pump"]
WHY_STOP = ["Stop rule", "Patient asks", "Adverse reaction", "Access lost", "Prescriber's decision"]
WHY_NO_MORE = [
    "Stop rule", "Patient asks", "Adverse reaction", "Too drowsy", "Prescriber's decision",
]  # fmt: skip
WHY_NOT_GIVEN = ["Patient asks", "Nausea", "Blood pressure", "Too drowsy", "Prescriber's decision"]
WHY_NOT = ["Patient asleep", "Patient refuses", "Too restless", "Device does not read"]
WHY_STRUCK = ["Typing slip", "Entered twice", "Wrong patient", "Wrong time", "Did not happen"]


AGO = [
    ("under_1_h", "under 1 h"), ("1_to_2_h", "1–2 h"), ("2_to_4_h", "2–4 h"),
    ("4_to_6_h", "4–6 h"), ("6_to_8_h", "6–8 h"), ("over_8_h", "more than 8 h"),
]  # fmt: skip
FINE = [("under_30_min", "under 30 min"), ("30_to_60_min", "30–60 min"), *AGO[1:]]
"""Where half an hour matters: for what is drunk, and in the nose."""
SUBSTANCES = [
    ("alcohol", "Alcohol", "how much"),
    ("cannabis", "Cannabis", "how much"),
    ("stimulants", "Stimulants", "which, how much"),
    ("opioids", "Opioids", "which, how much"),
    ("other", "Another", "which, how much"),
]


@dataclass(frozen=True)
class Vital:
    """One field of the number pad."""

    name: str
    label: str
    least: int
    most: int


VITALS = [
    Vital("systolic", "Systolic", 1, 300),
    Vital("diastolic", "Diastolic", 0, 200),
    Vital("heart_rate", "Heart rate", 0, 300),
    Vital("spo2", "SpO₂ %", 0, 100),
    Vital("respiratory_rate", "Resp. rate", 0, 80),
]


def panels(session: TreatmentSession) -> dict[str, Any]:
    """What the panels offer; the pump's rate comes from the order."""
    order = session.order
    return {
        **pump(order),
        **made(order),
        **check_in(session),
        "order": order,
        "patient": session.course.patient,
        "vitals": VITALS,
        "keys": ["1", "2", "3", "4", "5", "6", "7", "8", "9"],
        "positions": POSITIONS,
        "oxygen": OXYGEN,
        "symptoms": list(SYMPTOM_WORDS.items()),
        "severities": SEVERITIES,
        "moaas": MOAAS,
        "padss": PADSS,
        "interventions": list(INTERVENTION_WORDS.items()),
        "touch_choices": list(TOUCH_WORDS.items()),
        "criteria": list(CRITERION_WORDS.items()),
        "ideation": list(IDEATION_WORDS.items()),
        "checks": list(CHECK_WORDS.items()),
        "when": WHEN,
        "why_pause": WHY_PAUSE,
        "why_stop": WHY_STOP,
        "why_not": WHY_NOT,
        "why_not_given": WHY_NOT_GIVEN,
        "why_no_more": WHY_NO_MORE,
        "why_struck": WHY_STRUCK,
    }


def made(order: Order) -> dict[str, Any]:
    """How the order is prepared; empty for an order that no pump gives."""
    written, line = order.as_written, concentration(order)
    if not isinstance(written, InfusionOrder) or line is None:
        return {}
    strengths = {each.concentration.value for each in injectables()}
    return {
        "preparation": preparation(written, line),
        "vial_strengths": [plain(strength) for strength in sorted(strengths)],
        "priming_ml": the_clinic().priming_ml,
    }


def check_in(session: TreatmentSession) -> dict[str, Any]:
    """What is asked on arrival, with the identifiers and the medicines of this patient."""
    patient = session.course.patient
    nose = session.order.route == Route.INTRANASAL
    nasal = ("nasal_medicine", "", "Nasal steroid or decongestant", [("none", "None today"), *FINE])
    current = (line.read.entry for line in medication_list(patient).listed.lines if line.current)
    return {
        "identifiers": list(identifiers(patient)),
        "spans_asked": [
            ("last_food", "last_food_at", "Last food, how long ago", AGO),
            ("last_drink", "last_fluid_at", "Last drink, how long ago", FINE),
            *([nasal] if nose else []),
        ],
        "ago": AGO,
        "substances": SUBSTANCES,
        "medicines": list({entry.text: (entry.text, entry.dose) for entry in current}.values()),
    }


def identifiers(patient: Patient) -> Iterator[tuple[str, str]]:
    """What the chart has for the patient's own words to agree with."""
    yield "name", patient.name
    if patient.birth_date is not None:
        yield "birth_date", f"born {day(patient.birth_date)}"
    yield "record_number", f"record {patient.identifier}"


def pump(order: Order) -> dict[str, str]:
    """The rate at which the pump starts; empty for an order that no pump gives."""
    if not order.infused or order.over_minutes is None or not order.concentration_mg_per_ml:
        return {}
    # Rounded down: a rate rounded up would give more than was ordered.
    exact = order.total_mg / order.over_minutes
    return {
        "rate": plain(exact.quantize(Decimal("0.0001"), ROUND_DOWN)),
        "rate_ml_per_hour": plain(nearest(exact * 60 / order.concentration_mg_per_ml, PUMP_STEP)),
    }
