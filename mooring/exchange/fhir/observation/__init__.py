"""Observation → weight, height, heart rate, oxygen saturation, blood pressure of the chart.

Which codes are read stands in `kinds.py`; every other observation is kept and listed.
"""

from __future__ import annotations

from mooring.exchange.fhir.coding import LOINC, codes
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.observation import blood_pressure, measurement
from mooring.exchange.fhir.observation.kinds import BLOOD_PRESSURE, MEASUREMENTS
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading

RESOURCE_TYPE = "Observation"
_HOLDS = ("final", "amended", "corrected")


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """A vital sign as a row. Raises UnfitError for a date or number that is none."""
    status = resource.text("status", most=40)
    if status not in _HOLDS:
        return NotUnderstood(f"Its status is {status or 'missing'}: it is not a finished result.")
    found = codes(resource.child("code"), LOINC)
    if found & BLOOD_PRESSURE:
        return blood_pressure.read(resource, context)
    for code in MEASUREMENTS.keys() & found:
        return measurement.read(resource, MEASUREMENTS[code], context)
    return NotUnderstood("Mooring does not read this kind of observation.")
