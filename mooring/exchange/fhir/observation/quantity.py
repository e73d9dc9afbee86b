"""A quantity of an observation, with every reason not to take it as a number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.observation.units import written
from mooring.exchange.fhir.systems import UCUM, canonical


@dataclass(frozen=True)
class Quantity:
    """A number with its UCUM unit."""

    value: Decimal
    unit: str
    received: str
    """Value and unit as received, for example "154 lb"."""

    def __str__(self) -> str:
        return self.received


def read_quantity(element: Element) -> Quantity | str:
    """The quantity of `valueQuantity`, or why there is none that can be read."""
    if element.data.get("dataAbsentReason") is not None:
        return "The source says that there is no value."
    quantity = element.child("valueQuantity")
    if quantity is None:
        return "It has no valueQuantity."
    value = quantity.number("value")
    if quantity.text("comparator", most=2) is not None:
        return "Its value is a bound, not a number."
    if value is None:
        return "Its quantity has no value."
    words = _words(quantity)
    coded, named = _coded(quantity), written(words)
    if len(named) > 1:
        return f"Its unit is written “{words}”; which of the units is meant is not known."
    if coded is not None and named and coded not in named:
        code = quantity.text("code", most=40)
        return f"Its unit is written “{words}” and coded “{code}”; which is right is not known."
    unit = coded or next(iter(named), None)
    if unit is None:
        return f"Its unit, “{words}”, is not known here." if words else "Its unit has no UCUM code."
    return Quantity(value, unit, f"{value} {words or unit}")


def _words(quantity: Element) -> str:
    """The unit as it is to be read by people; empty where there is none."""
    words = quantity.data.get("unit")
    return (quantity.text("unit", most=100) or "").strip() if words != "" else ""


def _coded(quantity: Element) -> str | None:
    """The UCUM code; one written by hand, as "mmHg", counts for the code it means."""
    code = quantity.text("code", most=40)
    if code is None or canonical(quantity.text("system")) not in (UCUM, None):
        return None
    meant = written(code)
    return next(iter(meant)) if len(meant) == 1 else code
