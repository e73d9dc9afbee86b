"""What holds the start of a session under an order: one provider a file, asked in this order.

A provider takes the order and the moment and gives its holds; it reads and never writes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mooring.clinic.courses.models import Order
from mooring.clinic.holds import Hold
from mooring.clinic.sessions.holds import (
    open_session,
    order_in_force,
    planned_day,
    screening,
    suicidality,
    vial,
)
from mooring.clinic.sessions.models import TreatmentSession

Provider = Callable[[Order, datetime], list[Hold]]
PROVIDERS: tuple[Provider, ...] = (
    screening.holds,
    order_in_force.holds,
    vial.holds,
    suicidality.holds,
)


def start_holds(
    order: Order, moment: datetime, session: TreatmentSession | None = None
) -> list[Hold]:
    """Why no session can start under this order now; empty when nothing holds.

    `session` is the one that is to start: what holds it alone is among them then.
    """
    day = [] if session is None else planned_day.holds(session, moment)
    own = (*day, *open_session.holds(order, moment, session))
    return [*own, *(hold for provider in PROVIDERS for hold in provider(order, moment))]
