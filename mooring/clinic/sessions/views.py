"""The device's door: one entry at a time, as JSON."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import allow
from mooring.clinic.sessions import wire
from mooring.clinic.sessions.actions import write_entry
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.web import actor, now


@allow("session.record")
@require_POST
def session_entry(request: HttpRequest, session_id: UUID) -> JsonResponse:
    """Store one entry: 201 when it is new, 200 when it was stored before, with its number.

    409 with the reasons when it cannot stand, 422 with the problems when it cannot be read.
    """
    session = get_object_or_404(TreatmentSession, pk=session_id)
    moment = now()
    try:
        sent = wire.read(request.body)
        row = write_entry(
            actor(request), session=session, entry_id=sent.id, effective_at=sent.effective_at,
            content=sent.content, now=moment,
        )  # fmt: skip
    except wire.ProblemsError as unread:
        problems = [{"field": p.field, "say": p.say} for p in unread.problems]
        return JsonResponse({"problems": problems}, status=422)
    except RefusedError as refused:
        return JsonResponse({"reasons": list(refused.reasons)}, status=409)
    status = 201 if row.recorded_at == moment else 200
    return JsonResponse({"sequence": row.sequence}, status=status)
