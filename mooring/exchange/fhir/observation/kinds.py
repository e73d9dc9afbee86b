"""The observations that are read: their LOINC codes and their UCUM units.

Codes as in the vital-signs profiles of US Core 8; 55284-4 is the older blood pressure panel. Codes
of scales as in US Core's questionnaires and screening observations.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mooring.clinic.people.plausible import KINDS, POUND_IN_KILOGRAMS, Kind


@dataclass(frozen=True)
class Observed:
    """A kind of measurement with the units it may come in."""

    kind: Kind
    units: dict[str, Decimal]
    """UCUM code → the factor to the unit stored. A unit that is not here is never converted."""


ONE = Decimal(1)
_WEIGHT = {
    "kg": ONE,
    "g": Decimal("0.001"),
    "[lb_av]": POUND_IN_KILOGRAMS,
    "[oz_av]": POUND_IN_KILOGRAMS / 16,
}
# The international inch is 2.54 cm by definition (1959).
_HEIGHT = {"cm": ONE, "m": Decimal(100), "[in_i]": Decimal("2.54")}
MEASUREMENTS = {
    "29463-7": Observed(KINDS["weight"], _WEIGHT),
    "8302-2": Observed(KINDS["height"], _HEIGHT),
    "8867-4": Observed(KINDS["heart_rate"], {"/min": ONE}),
    "59408-5": Observed(KINDS["spo2"], {"%": ONE}),
    "2708-6": Observed(KINDS["spo2"], {"%": ONE}),
}
BLOOD_PRESSURE = frozenset({"85354-9", "55284-4"})
SYSTOLIC, DIASTOLIC = "8480-6", "8462-4"
MILLIMETRES_OF_MERCURY = "mm[Hg]"

PREGNANCY_STATUS = frozenset({"82810-3", "11449-6"})
PREGNANCY_TEST = frozenset({"2106-3", "2112-1", "2118-8", "80384-1", "80385-8"})
"""Chorionic gonadotropin, present or not, in urine or serum."""

SCALES = {
    "44249-1": "PHQ-9",
    "44261-6": "PHQ-9, total",
    "44250-9": "PHQ-9, item 1",
    "44255-8": "PHQ-9, item 2",
    "44259-0": "PHQ-9, item 3",
    "44254-1": "PHQ-9, item 4",
    "44251-7": "PHQ-9, item 5",
    "44258-2": "PHQ-9, item 6",
    "44252-5": "PHQ-9, item 7",
    "44253-3": "PHQ-9, item 8",
    "44260-8": "PHQ-9, item 9",
    "69722-7": "PHQ-9, difficulty",
    "55758-7": "PHQ-2, total",
    "70274-6": "GAD-7, total",
    "101698-9": "PCL-5, total",
    "75626-2": "AUDIT-C, total",
    "93374-7": "C-SSRS screener, risk",
}
"""LOINC code → the name under which the answer is shown."""

NAMES = {
    **SCALES,
    **{code: observed.kind.label for code, observed in MEASUREMENTS.items()},
    **dict.fromkeys(BLOOD_PRESSURE, "Blood pressure"),
    SYSTOLIC: "Systolic",
    DIASTOLIC: "Diastolic",
    **dict.fromkeys(PREGNANCY_STATUS, "Pregnancy status"),
    **dict.fromkeys(PREGNANCY_TEST, "Pregnancy test (hCG)"),
}
"""LOINC code → its name where the source gives none."""
