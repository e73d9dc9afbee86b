"""The menu that every page of one patient carries, with the next step of the course in sight."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.courses import orders
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.people.models import Patient
from mooring.clinic.screening.models import Decision
from mooring.clinic.sessions.models import TreatmentSession

register = template.Library()


@dataclass(frozen=True)
class Link:
    """One page of the menu."""

    label: str
    url: str
    here: bool = False


CHART = (
    "patient", "record_add", "import_file", "record_entry", "entry_end", "entry_correct",
    "entry_strike", "identity_history", "identity_correct", "import", "import_compare",
    "import_aside", "import_into",
)  # fmt: skip
PAGES = (
    ("Chart", "patient", "patient.view", CHART),
    ("Screening", "screening", "screening.view", ("screening", "screening_answer")),
    ("Interactions", "interactions", "patient.view", ("interactions",)),
    ("Suicidality", "suicidality", "suicidality.enter", ("suicidality",)),
    ("Exposure and watch", "exposure", "exposure.view", ("exposure", "look_new", "look_correct")),
    ("Outcome", "outcome", "outcome.view", ("outcome",)),
    ("Scales", "scales", "measure.view", ("scales", "response", "assignment_link")),
)  # fmt: skip
"""Label, its page, who may open it, and the pages that belong under it."""
OF_A_COURSE = {
    "course", "course_new", "course_end", "order", "order_new", "order_withdraw", "session_new",
    "session_cancel", "therapy_visit_new", "ladder", "prescription", "prescription_new",
}  # fmt: skip


@register.inclusion_tag("chart_menu.html", takes_context=True)
def chart_menu(context: dict[str, Any], patient: Patient) -> dict[str, Any]:
    """The pages of `patient` that this person may open, and what comes next."""
    may = context.get("may", set())
    match = getattr(context.get("request"), "resolver_match", None)
    page = match.url_name if match else ""
    course = patient.courses.filter(ended_at__isnull=True).first()
    links = [
        Link(label, reverse(url, args=[patient.pk]), page in pages)
        for label, url, permission, pages in PAGES
        if permission in may
    ]
    links[2:2] = course_link(patient, course, may, page)
    step = next_step(patient, course, may)
    at_it = step is not None and step.url.partition("?")[0] == match_path(context)
    return {"links": links, "step": None if at_it else step}


def course_link(patient: Patient, course: Course | None, may: set[str], page: str) -> list[Link]:
    """The course that goes on; without one, the page that starts one, for those who may."""
    if course is not None and "course.view" in may:
        return [Link("Course", reverse("course", args=[course.pk]), page in OF_A_COURSE)]
    if course is None and "course.start" in may:
        return [Link("Course", reverse("course_new", args=[patient.pk]), page in OF_A_COURSE)]
    return []


def match_path(context: dict[str, Any]) -> str:
    """The path of the page that is shown."""
    request = context.get("request")
    return "" if request is None else request.path


def next_step(patient: Patient, course: Course | None, may: set[str]) -> Link | None:
    """What usually comes next for this patient; None where that is for somebody else to do."""
    if course is None:
        return before_a_course(patient, may)
    order = course.orders.filter(withdrawn_at__isnull=True).first()
    session = open_session(course)
    by_another_weight = session is None and order is not None and held_by_weight(order)
    if order is None or by_another_weight:
        return of("order.sign", may, "Write an order", reverse("order_new", args=[course.pk]))
    if session is not None:
        label = f"Open session {session.number}"
        return of("session.view", may, label, reverse("session", args=[session.pk]))
    url = f"{reverse('session_new', args=[course.pk])}?order={order.pk}"
    return of("session.schedule", may, "Schedule a session", url)


def held_by_weight(order: Order) -> bool:
    """True where the weight of the order was struck or corrected: a new order comes first."""
    return orders.weight_withdrawn(order, clinic_day(timezone.now())) is not None


def before_a_course(patient: Patient, may: set[str]) -> Link | None:
    """Screening, until a prescriber has decided to go on to a course."""
    decision = patient.decisions.first()
    if decision is not None and decision.decision == Decision.PROCEED:
        url = reverse("course_new", args=[patient.pk])
        return of("course.start", may, "Start a course", url)
    if not patient.answers.exists():
        url = reverse("screening_answer", args=[patient.pk])
        return of("screening.answer", may, "Screening interview", url)
    url = reverse("screening", args=[patient.pk])
    return of("screening.view", may, "Look at the findings", url)


def open_session(course: Course) -> TreatmentSession | None:
    """The first session that is neither signed nor called off."""
    rows: Any = course.sessions.filter(signed_at__isnull=True, cancelled_at__isnull=True)
    found: TreatmentSession | None = rows.first()
    return found


def of(permission: str, may: set[str], label: str, url: str) -> Link | None:
    """The step, where this person may take it."""
    return Link(label, url) if permission in may else None
