"""Which rooms call now: what a locked screen may show, because no patient is in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from mooring.clinic.doors import allow
from mooring.clinic.sessions.log import read_view
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.web import now
from mooring.core.session.view import Alert

CALLING = ("stop", "call")
"""The levels that call, the worst first."""
RECENT = timedelta(days=1)
"""An alert in a log that nobody has written in for longer is for the work list, not for a call."""


@dataclass(frozen=True)
class Calling:
    """A room in which a rule fired and nobody has marked it as seen."""

    room: str
    level: str
    """stop or call: the worst that stands."""


def rooms_calling_at(moment: datetime) -> list[Calling]:
    """Every room that calls, the worst first, then by name."""
    written = Q(entries__recorded_at__gte=moment - RECENT)
    rows = TreatmentSession.objects.filter(written, cancelled_at=None, signed_at=None).distinct()
    found = []
    for session in rows.select_related("order", "course"):
        level = worst(read_view(session, moment).alerts)
        if level is not None:
            found.append(Calling(session.room, level))
    return sorted(found, key=lambda call: (CALLING.index(call.level), call.room))


def worst(alerts: tuple[Alert, ...]) -> str | None:
    """The worst level that calls among the alerts that stand unseen; None when none does."""
    levels = {alert.level for alert in alerts if calls(alert)}
    return next((level for level in CALLING if level in levels), None)


def calls(alert: Alert) -> bool:
    """True for a stop or call that stands and that nobody has marked as seen."""
    return alert.active and alert.seen_at is None and alert.level in CALLING


@allow("session.view")
@require_safe
def rooms_calling(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """The rooms that call, for a screen that is locked: room and level, nothing of a patient."""
    rooms = [{"room": call.room, "level": call.level} for call in rooms_calling_at(now())]
    return JsonResponse({"rooms": rooms})
