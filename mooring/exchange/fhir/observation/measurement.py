"""One number with a unit → a measurement."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from mooring.clinic.people.models import Measurement
from mooring.exchange.fhir.coding import read_concept
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.observation.kinds import Observed
from mooring.exchange.fhir.observation.quantity import Quantity, read_quantity
from mooring.exchange.fhir.observation.taken import taken_at
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, left_over

_STORED = Decimal("0.001")
_READ = ("status", "code", "valueQuantity", "method", "effectiveDateTime", "effectiveInstant")


def read(resource: Element, observed: Observed, context: Context) -> Reading | NotUnderstood:
    """The value in the unit Mooring stores; what was received stays in the origin."""
    quantity, taken = read_quantity(resource), taken_at(resource, context)
    if isinstance(quantity, str):
        return NotUnderstood(quantity)
    if isinstance(taken, str):
        return NotUnderstood(taken)
    if quantity.unit not in observed.units:
        *most, last = observed.units
        known = f"{', '.join(most)} or {last}" if most else last
        return NotUnderstood(f"Its unit is {quantity.unit}; Mooring reads {known}.")
    value = quantity.value * observed.units[quantity.unit]
    doubt = observed.kind.doubt(value)
    if doubt is not None:
        return NotUnderstood(f"Not plausible. {doubt}")
    moment, remark = taken
    row = Measurement(
        code=observed.kind.code,
        value=value.quantize(_STORED, ROUND_HALF_UP),
        unit=observed.kind.unit,
        method=_method(resource),
        taken_at=moment,
        origin="; ".join(filter(None, (context.origin, _received(quantity, observed), remark))),
        recorded_at=context.now,
    )
    return Reading((row,), left_over(resource, *_READ))


def _received(quantity: Quantity, observed: Observed) -> str:
    """The value as it came, where converting or rounding changed it."""
    exact = quantity.value == quantity.value.quantize(_STORED)
    if exact and observed.units[quantity.unit] == 1:
        return ""
    return f"received as {quantity}"


def _method(resource: Element) -> str:
    concept = read_concept(resource.child("method"))
    return concept.text[:100] if concept else ""
