"""What a number of the record may be. Outside these bounds it is no measurement of an adult."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

POUND_IN_KILOGRAMS = Decimal("0.45359237")
"""The international avoirdupois pound, exact by definition (1959)."""


@dataclass(frozen=True)
class Kind:
    """One kind of measurement: its words, the unit it is stored in, its bounds."""

    code: str
    label: str
    unit: str
    least: Decimal
    most: Decimal

    def doubt(self, value: Decimal) -> str | None:
        """What would be right, for a value outside the bounds; None within them."""
        if self.least <= value <= self.most:
            return None
        return f"{self.label}: {self.least} to {self.most} {self.unit} can be right."


# The bounds of a session reading (core/session/entries.py) where both know the number.
KINDS = {
    kind.code: kind
    for kind in (
        Kind("weight", "Weight", "kg", Decimal(20), Decimal(400)),
        Kind("height", "Height", "cm", Decimal(100), Decimal(250)),
        Kind("heart_rate", "Heart rate", "/min", Decimal(15), Decimal(300)),
        Kind("spo2", "Oxygen saturation", "%", Decimal(40), Decimal(100)),
    )
}
SYSTOLIC = Kind("systolic", "Systolic pressure", "mmHg", Decimal(30), Decimal(300))
DIASTOLIC = Kind("diastolic", "Diastolic pressure", "mmHg", Decimal(10), Decimal(200))


def pressure_doubt(systolic: Decimal, diastolic: Decimal) -> str | None:
    """What would be right for a blood pressure that cannot be; None for one that can."""
    doubt = SYSTOLIC.doubt(systolic) or DIASTOLIC.doubt(diastolic)
    if doubt is None and systolic <= diastolic:
        return "The systolic pressure is to be higher than the diastolic, for example 120/78."
    return doubt
