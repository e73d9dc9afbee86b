"""The observations that are read: their LOINC codes and their UCUM units.

Codes as in the vital-signs profiles of US Core 8; 55284-4 is the older blood pressure panel.
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
MEASUREMENTS = {
    "29463-7": Observed(KINDS["weight"], {"kg": ONE, "[lb_av]": POUND_IN_KILOGRAMS}),
    "8302-2": Observed(KINDS["height"], {"cm": ONE}),
    "8867-4": Observed(KINDS["heart_rate"], {"/min": ONE, "{beats}/min": ONE}),
    "59408-5": Observed(KINDS["spo2"], {"%": ONE}),
    "2708-6": Observed(KINDS["spo2"], {"%": ONE}),
}
BLOOD_PRESSURE = frozenset({"85354-9", "55284-4"})
SYSTOLIC, DIASTOLIC = "8480-6", "8462-4"
MILLIMETRES_OF_MERCURY = "mm[Hg]"
