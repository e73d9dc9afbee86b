"""The record of a session on paper: the whole log, what the rules found, who signed, the audit."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mooring.clinic.accounts.models import User
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.doors import allow
from mooring.clinic.sessions import screen
from mooring.clinic.sessions.charting import lines
from mooring.clinic.sessions.drawing import drawing
from mooring.clinic.sessions.log import plan_of, policies_of
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.sessions.views import session_or_404
from mooring.clinic.web import now
from mooring.core.session.policies import MissingPoliciesError
from mooring.core.session.view import SessionView


@allow("session.view")
@require_safe
def session_record(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """Everything the log holds, ready to print."""
    shown = session_or_404(session_id)
    moment = now()
    try:
        live = screen.live(shown, moment)
    except MissingPoliciesError:
        return render(request, "sessions/unjudged.html", screen.unjudged(shown, moment))
    view: SessionView = live["view"]
    stops = lines(policies_of(shown), view)
    facts = {
        **live,
        "order": shown.order,
        "patient": shown.course.patient,
        "plan": plan_of(shown.order),
        "drawing": drawing(view, stops),
        "entries": list(reversed(screen.lines(view.timeline))),
        "audit": audit_row(shown),
        "signer": signer(shown),
        "printed_at": moment,
    }
    return render(request, "sessions/record.html", facts)


def signer(session: TreatmentSession) -> User | None:
    """Who signed it off last; None before."""
    entry = session.entries.filter(kind="sign_off").select_related("author").last()
    return entry.author if entry is not None else None


def audit_row(session: TreatmentSession) -> AuditRow | None:
    """The audit row of the sign-off; before it, of the newest entry; None before the first."""
    signed = session.entries.filter(kind="sign_off")
    entry = signed.last() or session.entries.last()
    if entry is None:
        return None
    rows = AuditRow.objects.filter(patient=session.patient_key, body__contains=str(entry.pk))
    return rows.filter(action__startswith="sessions.").order_by("sequence").first()
