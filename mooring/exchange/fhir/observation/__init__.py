"""Observation → weight, height, heart rate, oxygen saturation, blood pressure, pregnancy.

Which codes are read stands in `kinds.py`; every other observation is kept and listed. Pressures
that come as two observations are put together in `separate.py`, before this is asked.
"""

from __future__ import annotations

from mooring.exchange.fhir.coding import codes
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.observation import blood_pressure, measurement, pregnancy
from mooring.exchange.fhir.observation.kinds import BLOOD_PRESSURE, MEASUREMENTS, SCALES
from mooring.exchange.fhir.observation.separate import not_finished
from mooring.exchange.fhir.observation.taken import ABOUT_ANOTHER, HOLDS
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading
from mooring.exchange.fhir.systems import LOINC

RESOURCE_TYPE = "Observation"
FROM_ELSEWHERE = NotUnderstood(
    "A scale answered elsewhere. The chart shows it, and it never counts among this clinic's own."
)


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """A vital sign or a pregnancy as a row. Raises UnfitError for a date or number that is none."""
    status = resource.text("status", most=40)
    if status not in HOLDS:
        return not_finished(status)
    if "focus" in resource:
        return NotUnderstood(ABOUT_ANOTHER, taken_back=True)
    code = resource.child("code")
    found = codes(code, LOINC)
    if found & BLOOD_PRESSURE:
        return blood_pressure.read(resource, context)
    for one in MEASUREMENTS.keys() & found:
        return measurement.read(resource, MEASUREMENTS[one], context)
    about = pregnancy.kind(code)
    if about is not None:
        return pregnancy.read(resource, about, context)
    if found & SCALES.keys():
        return FROM_ELSEWHERE
    return NotUnderstood("Mooring does not read this kind of observation.")
