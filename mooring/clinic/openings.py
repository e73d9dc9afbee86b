"""Whose chart an address is about, and the audit row that its opening leaves.

Every door asks here before a view runs, so that no page can forget it. One row stands for one
reader and one chart and is renewed every 15 minutes: everything the reader sees of the chart until
then, fragments and drawings too, belongs to it. What a page fetches by itself belongs to the
opening before it, however long that is ago, so that a page left open writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.acting import actor, own_chart
from mooring.clinic.actions import OWN_CHART, Actor, writing
from mooring.clinic.audit import chain
from mooring.clinic.audit.models import AuditRow
from mooring.clinic.permissions import Role
from mooring.clinic.restricted import hiding

OPENED = "chart.opened"
LISTED = "list.read"
RENEWED = timedelta(minutes=15)
"""How long what one person reads of one chart is one opening."""
SIGN_IN = timedelta(hours=12)
"""The longest that a sign-in lasts, and so what fetches by itself."""
MANY_MINUTES = 10
"""The time in which opened charts are counted: the clinic's choice."""
RESTRICTED = "restricted chart"
"""The reason of a refusal where a chart is closed to who is not of its team."""
OF_PATIENTS = "own_chart.view"
"""The one permission under which people read their own chart: as its patient."""

ABOUT: dict[str, tuple[str, str]] = {
    "patient_id": ("people.Patient", "pk"),
    "course_id": ("courses.Course", "patient"),
    "order_id": ("courses.Order", "course__patient"),
    "session_id": ("treatment.TreatmentSession", "course__patient"),
    "assignment_id": ("measures.Assignment", "patient"),
    "response_id": ("measures.Response", "assignment__patient"),
    "batch_id": ("imports.ImportBatch", "patient"),
    "kept_id": ("imports.KeptResource", "patient"),
    "waiting_id": ("imports.WaitingFile", "patient"),
    "prescription_id": ("prescriptions.SignedPrescription", "order__course__patient"),
    "ladder_id": ("ladders.Ladder", "course__patient"),
    "task_id": ("tasks.Task", "patient"),
}
"""What a key in an address names, and the way from there to the patient."""
ABOUT_NOBODY = {
    "entry_id": "stands beside the patient's own key, to which the view holds it",
    "user_id": "a member of staff",
    "chart_id": "asks to be let in, or who is let in; shows nothing of the chart",
    "sign_in_id": "one of a person's own sign-ins",
    "statement_id": "a word of the owner on the whole clinic",
    "notice_id": "what an owner looks back on, by record number",
    "draft_id": "a text of the handbook",
    "remark_id": "a remark on the handbook",
}
"""Other keys in addresses, and why they open no chart by themselves."""


def enter(
    request: HttpRequest, permission: str, words: Mapping[str, Any]
) -> HttpResponseBase | None:
    """Open the chart that an address is about, for whoever may pass this door.

    Raises Http404 where its keys belong to different charts or, for a patient, to another's;
    PermissionDenied where staff ask for their own chart. A key of nothing is left to the view.
    A chart that is closed to them is asked for with a reason: the page that asks is returned, and
    whatever is no page is refused.
    """
    charts = {patient_of(word, key) for word, key in words.items() if word in ABOUT} - {None}
    if len(charts) > 1:
        raise Http404("Keys of different charts.")
    for chart in charts:
        if chart is not None:
            own(request, permission, chart)
            if hiding.hidden(chart):
                return ask(request, chart)
            opened(request, chart)
    return None


def closed_to(request: HttpRequest, permission: str) -> frozenset[UUID]:
    """The charts that are closed to the reader: none where patients read their own."""
    # Imported late: doors are declared before the tables are there.
    from mooring.clinic.restricted import reading

    none: frozenset[UUID] = frozenset()
    return none if permission == OF_PATIENTS else reading.closed_to(request.user, timezone.now())


def ask(request: HttpRequest, chart: UUID) -> HttpResponseBase:
    """On to the page that asks for a reason; PermissionDenied for what is no page."""
    if request.method != "GET" or "HX-Request" in request.headers or background(request):
        raise PermissionDenied(RESTRICTED)
    wanted = urlencode({"to": request.get_full_path()})
    return redirect(f"{reverse('break_glass', args=[chart])}?{wanted}")


def own(request: HttpRequest, permission: str, chart: UUID) -> None:
    """Keep patients to their own chart, and staff out of theirs."""
    mine = chart == own_chart(request)
    if permission == OF_PATIENTS and not mine:
        raise Http404("Another's chart.")
    if permission != OF_PATIENTS and mine:
        raise PermissionDenied(OWN_CHART)


def patient_of(word: str, key: object) -> UUID | None:
    """The patient that a key in an address is about; None for a key of nothing."""
    label, way = ABOUT[word]
    found: UUID | None = (
        apps.get_model(label)._base_manager.filter(pk=key).values_list(way, flat=True).first()
    )
    return found


def opened(request: HttpRequest, chart: UUID) -> None:
    """Audit that this person reads this chart, unless an opening of theirs still counts."""
    page = request.resolver_match.url_name if request.resolver_match else None
    by = actor(request)
    if read(by, OPENED, "people.Patient", str(chart), lasts(request), chart, page or ""):
        tell_of_many(by)


def tell_of_many(by: Actor) -> None:
    """Tell the owner, once, where one person opened more charts in a short time than is usual.

    A demonstration is there to be looked through, and a file that is taken in opens no chart.
    """
    from mooring.clinic.accounts.clinic import the_clinic
    from mooring.clinic.restricted.actions import tell_many
    from mooring.clinic.restricted.models import Kind, Notice

    at, most = timezone.now(), settings.MANY_CHARTS
    since = at - timedelta(minutes=MANY_MINUTES)
    rows = AuditRow.objects.filter(action=OPENED, at__gt=since, body__contains=mine(by))
    charts = rows.values("patient").distinct().count()
    if charts <= most or the_clinic().demonstration or by.roles <= {Role.PATIENT}:
        return
    if not Notice.objects.filter(kind=Kind.MANY, person=by.user, at__gt=since).exists():
        tell_many(by, charts=charts, minutes=MANY_MINUTES, now=at)


def listed(request: HttpRequest, kind: str, count: int) -> None:
    """Audit that this person read a list of several patients: its kind, and how many were on it."""
    said = "1 patient" if count == 1 else f"{count} patients"
    read(actor(request), LISTED, "list", kind, lasts(request), None, said)


def opened_by_link(by: Actor, chart: UUID) -> None:
    """Audit that a patient opened their own questions through a personal link."""
    read(by, OPENED, "people.Patient", str(chart), RENEWED, chart, "personal link")


def lasts(request: HttpRequest) -> timedelta:
    """How long an opening counts for this request."""
    return SIGN_IN if background(request) else RENEWED


def background(request: HttpRequest) -> bool:
    """True for what a page fetches without anybody having touched it."""
    # Imported late: the lock reads the clinic, and doors are declared before its tables are there.
    from mooring.clinic.accounts.idle import is_background

    return is_background(request)


def read(
    by: Actor,
    action: str,
    subject: str,
    key: str,
    lasts: timedelta,
    chart: UUID | None,
    detail: str,
) -> bool:
    """Write the row of a reading, unless one of the same reader and thing counts still.

    True where a row was written.
    """
    at = timezone.now()
    if counts(by, action, key, at - lasts, chart):
        return False
    with writing():
        chain.order_writers()
        # Asked again with the chain held: two pages that open at once are one opening.
        if counts(by, action, key, at - lasts, chart):
            return False
        chain.append(
            at=at,
            actor=by.key,
            actor_name=by.name,
            action=action,
            subject=subject,
            subject_id=key,
            patient=chart,
            detail=detail,
        )
    return True


def counts(by: Actor, action: str, key: str, since: datetime, chart: UUID | None) -> bool:
    """True where this reader's row about this thing is not older."""
    rows = AuditRow.objects.filter(action=action, at__gt=since, patient=chart)
    about = chain.canonical({"subject_id": key})[1:-1]
    return rows.filter(body__contains=mine(by)).filter(body__contains=about).exists()


def mine(by: Actor) -> str:
    """What the body of each of this person's rows holds."""
    return chain.canonical({"actor": by.key})[1:-1]
