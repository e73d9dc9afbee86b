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
from uuid import UUID

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.utils import timezone

from mooring.clinic.acting import actor, own_chart
from mooring.clinic.actions import OWN_CHART, Actor, writing
from mooring.clinic.audit import chain
from mooring.clinic.audit.models import AuditRow

OPENED = "chart.opened"
LISTED = "list.read"
RENEWED = timedelta(minutes=15)
"""How long what one person reads of one chart is one opening."""
SIGN_IN = timedelta(hours=12)
"""The longest that a sign-in lasts, and so what fetches by itself."""
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
    "draft_id": "a text of the handbook",
    "remark_id": "a remark on the handbook",
}
"""Other keys in addresses, and why they open no chart by themselves."""


def enter(request: HttpRequest, permission: str, words: Mapping[str, Any]) -> None:
    """Open the chart that an address is about, for whoever may pass this door.

    Raises Http404 where its keys belong to different charts or, for a patient, to another's;
    PermissionDenied where staff ask for their own chart. A key of nothing is left to the view.
    """
    charts = {patient_of(word, key) for word, key in words.items() if word in ABOUT} - {None}
    if len(charts) > 1:
        raise Http404("Keys of different charts.")
    for chart in charts:
        if chart is not None:
            own(request, permission, chart)
            opened(request, chart)


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
    read(actor(request), OPENED, "people.Patient", str(chart), lasts(request), chart, page or "")


def listed(request: HttpRequest, kind: str, count: int) -> None:
    """Audit that this person read a list of several patients: its kind, and how many were on it."""
    said = "1 patient" if count == 1 else f"{count} patients"
    read(actor(request), LISTED, "list", kind, lasts(request), None, said)


def opened_by_link(by: Actor, chart: UUID) -> None:
    """Audit that a patient opened their own questions through a personal link."""
    read(by, OPENED, "people.Patient", str(chart), RENEWED, chart, "personal link")


def lasts(request: HttpRequest) -> timedelta:
    """How long an opening counts for this request."""
    # Imported late: the lock reads the clinic, and doors are declared before its tables are there.
    from mooring.clinic.accounts.idle import is_background

    return SIGN_IN if is_background(request) else RENEWED


def read(
    by: Actor,
    action: str,
    subject: str,
    key: str,
    lasts: timedelta,
    chart: UUID | None,
    detail: str,
) -> None:
    """Write the row of a reading, unless one of the same reader and thing counts still."""
    at = timezone.now()
    if counts(by, action, key, at - lasts, chart):
        return
    with writing():
        chain.order_writers()
        # Asked again with the chain held: two pages that open at once are one opening.
        if counts(by, action, key, at - lasts, chart):
            return
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


def counts(by: Actor, action: str, key: str, since: datetime, chart: UUID | None) -> bool:
    """True where this reader's row about this thing is not older."""
    rows = AuditRow.objects.filter(action=action, at__gt=since, patient=chart)
    mine = chain.canonical({"actor": by.key})[1:-1]
    about = chain.canonical({"subject_id": key})[1:-1]
    return rows.filter(body__contains=mine).filter(body__contains=about).exists()
