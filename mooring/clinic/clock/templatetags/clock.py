"""What pages say of the server's clock."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django import template

from mooring.clinic.clock.models import ClockStep
from mooring.clinic.clock.steps import near, near_a_step

if TYPE_CHECKING:
    from mooring.clinic.sessions.models import TreatmentSession
    from mooring.core.session.entries import Entry

NEWEST = 5
register = template.Library()


@register.simple_tag
def clock_steps(now: datetime) -> list[ClockStep]:
    """The steps of the last hour."""
    return near(now)


@register.simple_tag
def clock_steps_of_late() -> list[ClockStep]:
    """The newest steps, for the owner."""
    return list(ClockStep.objects.order_by("-id")[:NEWEST])


@register.simple_tag
def clock_mark(session: TreatmentSession, entry: Entry) -> str:
    """The step near which an entry was stored, for example "+1 h"; empty for none."""
    return near_a_step(session, entry)
