"""The bedside: the page, what it fetches to stay current, and the door for entries."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from mooring.clinic.actions import RefusedError
from mooring.clinic.alone.instead import alone
from mooring.clinic.courses.second import SecondPerson, confirm
from mooring.clinic.doors import allow
from mooring.clinic.once.submission import FORMS
from mooring.clinic.permissions import Role, allowed
from mooring.clinic.sessions import panels, screen, wire
from mooring.clinic.sessions.actions import write_entry
from mooring.clinic.sessions.charting import chart_of
from mooring.clinic.sessions.gates import HeldError
from mooring.clinic.sessions.log import policies_of, read_view
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.web import actor, now
from mooring.core.session.policies import MissingPoliciesError


@allow("session.view")
@require_safe
def session(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The bedside page."""
    shown = session_or_404(session_id)
    try:
        facts = {**screen.live(shown, now()), **panels.panels(shown), **person(request)}
    except MissingPoliciesError:
        return render(request, "sessions/unjudged.html", screen.unjudged(shown, now()))
    return render(request, "sessions/session.html", facts)


@allow("session.view")
@require_safe
def session_live(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The parts of the page that change, as they stand now."""
    shown = session_or_404(session_id)
    try:
        facts = {**screen.live(shown, now()), **person(request)}
    except MissingPoliciesError as gone:
        return JsonResponse({"reasons": list(gone.missing)}, status=409)
    return render(request, "sessions/live.html", facts)


@allow("session.view")
@require_safe
def session_log(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The whole log and all readings: what the page asks for only when somebody opens it."""
    try:
        facts = {**screen.whole_log(session_or_404(session_id), now()), **person(request)}
    except MissingPoliciesError as gone:
        return JsonResponse({"reasons": list(gone.missing)}, status=409)
    return render(request, "sessions/log.html", facts)


@allow("session.view")
@require_safe
def session_chart(request: HttpRequest, session_id: UUID) -> JsonResponse:  # noqa: ARG001
    """What the chart draws."""
    shown = session_or_404(session_id)
    try:
        return JsonResponse(chart_of(policies_of(shown), read_view(shown, now())))
    except MissingPoliciesError as gone:
        return JsonResponse({"reasons": list(gone.missing)}, status=409)


@allow("session.record")
@require_POST
def session_entry(request: HttpRequest, session_id: UUID) -> JsonResponse:
    """Store one entry: 201 when it is new, 200 when it was stored before, with its number.

    409 with the reasons when it cannot stand; `held` says that it holds drug which is about to be
    given, and `second_person` whether another person can open it. 422 with the problems when it
    cannot be read, 412 when X-Mooring-By names who entered it and somebody else is signed in by
    now, 415 when it is a form.
    """
    entered_by = request.headers.get("X-Mooring-By")
    if entered_by is not None and entered_by != str(request.user.pk):
        return JsonResponse({"reasons": ["Somebody else is signed in here now."]}, status=412)
    if (request.content_type or "").startswith(FORMS):
        return JsonResponse({"reasons": ["An entry comes as JSON."]}, status=415)
    return stored(request, session_id, request.body)


@allow("session.record")
@sensitive_post_parameters("second_password")
@require_POST
def session_entry_opened(request: HttpRequest, session_id: UUID) -> JsonResponse:
    """Store one entry that holds, opened by another person: `entry` as JSON, their name, password
    and reason beside it. Answered as `session_entry` is; 409 with `field` where that does not fit.
    """
    body = str(request.POST.get("entry", "")).encode()
    try:
        second = second_person(request)
    except RefusedError as refused:
        answer = {"reasons": list(refused.reasons), "field": refused.field}
        return JsonResponse(answer, status=409)
    return stored(request, session_id, body, second)


def stored(
    request: HttpRequest, session_id: UUID, body: bytes, second: SecondPerson | None = None
) -> JsonResponse:
    """The answer to an entry that was sent."""
    written = get_object_or_404(TreatmentSession, pk=session_id)
    moment = now()
    try:
        sent = wire.read(body)
        row = write_entry(
            actor(request), session=written, entry_id=sent.id, effective_at=sent.effective_at,
            content=sent.content, now=moment, second=second,
        )  # fmt: skip
    except wire.ProblemsError as unread:
        problems = [{"field": p.field, "say": p.say} for p in unread.problems]
        return JsonResponse({"problems": problems}, status=422)
    except HeldError as held:
        answer = {"reasons": held.reasons, "held": True, "second_person": held.second_person}
        return JsonResponse(answer, status=409)
    except RefusedError as refused:
        return JsonResponse({"reasons": list(refused.reasons), "field": refused.field}, status=409)
    status = 201 if row.recorded_at == moment else 200
    return JsonResponse({"sequence": row.sequence}, status=status)


def second_person(request: HttpRequest) -> SecondPerson:
    """Another person of the clinic, checked by their own password, with their reason."""
    username = str(request.POST.get("second_username", "")).strip()
    reason = str(request.POST.get("second_reason", "")).strip()
    if not username:
        raise RefusedError("Who opens it gives their own name.", field="second_username")
    if not reason:
        raise RefusedError("Who opens it says why.", field="second_reason")
    password = str(request.POST.get("second_password", ""))
    if username == request.user.get_username():
        return alone(request, password, reason[:2000])
    user = confirm(request, username, password)
    if user.pk == request.user.pk:
        raise RefusedError("Someone other than you has to open it.", field="second_username")
    return SecondPerson(user, reason[:2000])


def session_or_404(session_id: UUID) -> TreatmentSession:
    """The session with what its pages show."""
    rows = TreatmentSession.objects.select_related("order", "course__patient", "sitter")
    return get_object_or_404(rows, pk=session_id)


def person(request: HttpRequest) -> dict[str, Any]:
    """What this person may do here."""
    roles = cast(Any, request.user).roles
    return {
        "may_record": allowed(roles, "session.record"),
        "may_override": Role.PRESCRIBER in roles,
        "own_name": str(request.user),
    }
