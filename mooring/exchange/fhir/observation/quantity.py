"""A quantity of an observation, with every reason not to take it as a number."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mooring.exchange.fhir.element import Element

UCUM = "http://unitsofmeasure.org"


@dataclass(frozen=True)
class Quantity:
    """A number with its UCUM unit, as received."""

    value: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{self.value} {self.unit}"


def read_quantity(element: Element) -> Quantity | str:
    """The quantity of `valueQuantity`, or why there is none that can be read."""
    if element.data.get("dataAbsentReason") is not None:
        return "The source says that there is no value."
    quantity = element.child("valueQuantity")
    if quantity is None:
        return "It has no valueQuantity."
    value, unit = quantity.number("value"), quantity.text("code", most=40)
    if quantity.text("comparator", most=2) is not None:
        return "Its value is a bound, not a number."
    if value is None:
        return "Its quantity has no value."
    if unit is None or quantity.text("system") != UCUM:
        return "Its unit has no UCUM code."
    return Quantity(value, unit)
