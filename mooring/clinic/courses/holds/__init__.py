"""What holds the signing of an order in a course: one provider a file, asked in this order.

A provider takes the course and the moment and gives its holds; it reads and never writes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from mooring.clinic.courses.holds import screening, suicidality
from mooring.clinic.courses.models import Course
from mooring.clinic.holds import Hold

Provider = Callable[[Course, datetime], list[Hold]]
PROVIDERS: tuple[Provider, ...] = (screening.holds, suicidality.holds)


def order_holds(course: Course, moment: datetime) -> list[Hold]:
    """Why no order can be signed in this course now; empty when nothing holds."""
    return [hold for provider in PROVIDERS for hold in provider(course, moment)]
