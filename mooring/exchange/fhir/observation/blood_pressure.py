"""A blood pressure panel → one blood pressure, in whole mmHg."""

from __future__ import annotations

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from mooring.clinic.people.models import BloodPressure
from mooring.clinic.people.plausible import pressure_doubt
from mooring.exchange.fhir.coding import codes
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.observation.kinds import DIASTOLIC, MILLIMETRES_OF_MERCURY, SYSTOLIC
from mooring.exchange.fhir.observation.quantity import read_quantity
from mooring.exchange.fhir.observation.taken import taken_at
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over
from mooring.exchange.fhir.systems import LOINC

NAMES = {SYSTOLIC: "systolic", DIASTOLIC: "diastolic"}
Taken = tuple[datetime, str]


def read(resource: Element, context: Context) -> Reading | NotUnderstood:
    """Both pressures of its components; where rounding changed one, the origin says so."""
    taken = taken_at(resource, context)
    systolic, diastolic = _component(resource, SYSTOLIC), _component(resource, DIASTOLIC)
    if isinstance(taken, str):
        return NotUnderstood(taken)
    if isinstance(systolic, str):
        return NotUnderstood(systolic)
    if isinstance(diastolic, str):
        return NotUnderstood(diastolic)
    row = row_of(systolic, diastolic, taken, context)
    if isinstance(row, NotUnderstood):
        return row
    return Reading((row,), (*_left_over(resource), *_further_components(resource)))


def row_of(
    systolic: Decimal, diastolic: Decimal, taken: Taken, context: Context, how: str = ""
) -> BloodPressure | NotUnderstood:
    """The row of two pressures in mmHg, rounded to whole ones; `how` they came together."""
    doubt = pressure_doubt(_whole(systolic), _whole(diastolic))
    if doubt is not None:
        return NotUnderstood(f"Not plausible. {doubt}")
    moment, remark = taken
    parts = (context.origin, how, _received(systolic, diastolic), remark)
    return BloodPressure(
        systolic=int(_whole(systolic)),
        diastolic=int(_whole(diastolic)),
        taken_at=moment,
        origin="; ".join(filter(None, parts))[:300],
        recorded_at=context.now,
    )


def millimetres(element: Element, name: str) -> Decimal | str:
    """The value of one pressure in mmHg, or why there is none."""
    quantity = read_quantity(element)
    if isinstance(quantity, str):
        return f"The {name} value: {quantity}"
    if quantity.unit != MILLIMETRES_OF_MERCURY:
        return f"The {name} value is in {quantity.unit}; Mooring reads {MILLIMETRES_OF_MERCURY}."
    return quantity.value


def _component(resource: Element, code: str) -> Decimal | str:
    found = [one for one in resource.children("component") if code in _codes(one)]
    if len(found) != 1:
        return f"It has {len(found)} {NAMES[code]} values; one is needed."
    return millimetres(found[0], NAMES[code])


def _whole(value: Decimal) -> Decimal:
    return value.to_integral_value(ROUND_HALF_UP)


def _received(systolic: Decimal, diastolic: Decimal) -> str:
    if (systolic, diastolic) == (_whole(systolic), _whole(diastolic)):
        return ""
    return f"rounded to whole mmHg, received as {systolic}/{diastolic}"


def _left_over(resource: Element) -> tuple[str, ...]:
    read = ("status", "code", "component", "effectiveDateTime", "effectiveInstant")
    return left_over(resource, *read)


def _further_components(resource: Element) -> tuple[str, ...]:
    """Components beside the two pressures, for example a mean pressure."""
    known = {SYSTOLIC, DIASTOLIC}
    further = [one for one in resource.children("component") if not _codes(one) & known]
    return ("further components",) if further else ()


def _codes(component: Element) -> set[str]:
    return codes(component.child("code"), LOINC)
