"""The screening decision, as it holds an order too."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.courses.holds import screened_for, screening
from mooring.clinic.courses.models import Order
from mooring.clinic.holds import Hold


def holds(order: Order, moment: datetime) -> list[Hold]:
    """What the newest decision does not carry, or was not made for."""
    decided = screening.holds(order.course, moment)
    return [*decided, *screened_for.holds(order.course, order.drug, order.route)]
