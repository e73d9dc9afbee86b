"""The order itself: withdrawn, or its weight no longer carries it."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.courses import orders
from mooring.clinic.courses.models import Order
from mooring.clinic.holds import Hold


def holds(order: Order, moment: datetime) -> list[Hold]:
    """Why the order cannot be used on that day."""
    reasons = orders.use_holds(order, clinic_day(moment))
    return [Hold("order", reason if reason.startswith("The ") else f"Order: {reason}")
            for reason in reasons]  # fmt: skip
