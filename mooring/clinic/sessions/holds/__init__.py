"""What holds the start of a session under an order: one provider a file, asked in this order.

A provider takes the order and the moment and gives its holds; it reads and never writes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mooring.clinic.courses.models import Order
from mooring.clinic.holds import Hold
from mooring.clinic.sessions.holds import order_in_force, screening, suicidality, vial

Provider = Callable[[Order, datetime], list[Hold]]
PROVIDERS: tuple[Provider, ...] = (
    screening.holds,
    order_in_force.holds,
    vial.holds,
    suicidality.holds,
)


def start_holds(order: Order, moment: datetime) -> list[Hold]:
    """Why no session can start under this order now; empty when nothing holds."""
    return [hold for provider in PROVIDERS for hold in provider(order, moment)]
