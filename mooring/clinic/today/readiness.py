"""What is there and what is missing before a session may start: one line with states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.courses import orders
from mooring.clinic.courses.care import model_of_care
from mooring.clinic.exposure.reading import pressing
from mooring.clinic.measures.models import Assignment
from mooring.clinic.measures.standing import response_to
from mooring.clinic.screening import decided
from mooring.clinic.sessions.given import doses_given
from mooring.clinic.sessions.holds.suicidality import holds as suicidality_holds
from mooring.clinic.sessions.models import TreatmentSession
from mooring.clinic.suicidality.tiers import tier_of
from mooring.core.protocols.watch import State
from mooring.core.session.view import SessionView
from mooring.core.words import day

GRAVITY = ("block", "due", "unknown", "caution", "met")
"""The order in which the states stand on a line: what stops a start before what is weighed."""


@dataclass(frozen=True)
class Check:
    """One thing a session needs: in words, how it stands, and where to settle it."""

    id: str
    text: str
    state: str
    """met, due, caution, block or unknown, as the page draws them."""
    url: str = ""


def checks(session: TreatmentSession, view: SessionView) -> tuple[Check, ...]:
    """All checks of one session, the gravest first; within one state in the order of work."""
    found = (
        screening(session, view.now),
        order(session),
        *weight(session, view.now),
        scale(session),
        suicidality(session, view.now),
        *preparation(session),
        escort(view),
        *watch(session, view.now),
    )
    return tuple(sorted(found, key=lambda each: GRAVITY.index(each.state)))


def screening(session: TreatmentSession, now: datetime) -> Check:
    """The newest decision as it stands against the chart, whatever the course was started on."""
    patient = session.course.patient
    url = reverse("screening", args=[patient.pk])
    stands = decided.standing(patient, clinic_day(now))
    if stands.decision is None:
        return Check("screening", "no screening decision", "block", url)
    if not stands.proceeds:
        said = stands.decision.get_decision_display()
        return Check("screening", f"screening: {said}", "block", url)
    if stands.suspended:
        titles = ", ".join(each.finding.title for each in stands.new)
        return Check("screening", f"screening: look again, new: {titles}", "block", url)
    if stands.open:
        asked = ", ".join(each.title for each in stands.open)
        state = "block" if stands.unknown else "due"
        return Check(
            "screening", f"screening: {asked}", state, decided.asking(patient, stands.open[0])
        )
    if stands.decision.override:
        return Check("screening", "screening decided, override", "caution", url)
    return Check("screening", "screening decided", "met", url)


def order(session: TreatmentSession) -> Check:
    """The order of this session, unless it was withdrawn or its course has ended."""
    if session.course.ended_at is not None:
        return Check(
            "order", "course has ended", "block", reverse("course", args=[session.course.pk])
        )
    if session.order.withdrawn_at is not None:
        return Check(
            "order", "order withdrawn", "block", reverse("order_new", args=[session.course.pk])
        )
    total = session.order.as_written.total().text()
    return Check("order", f"order {total}", "met", reverse("order", args=[session.order.pk]))


def weight(session: TreatmentSession, now: datetime) -> Iterator[Check]:
    """Whether the weight of the order still carries it, and is still the newest."""
    ordered = session.order.as_written.weight
    if ordered is None:
        return
    patient = session.course.patient
    url = reverse("record_add", args=[patient.pk, "measurement"])
    newest = orders.weight_of(patient)
    if orders.weight_withdrawn(session.order, clinic_day(now)) is not None:
        said = f"the weight of the order, {ordered.value.text()}, no longer stands"
        yield Check("weight", said, "block", reverse("order", args=[session.order.pk]))
    elif ordered.holds(clinic_day(now)) is not None:
        yield Check("weight", f"weight of {day(ordered.measured_on)}: weigh again", "due", url)
    elif newest is not None and newest.value != ordered.value:
        said = f"weighs {newest.value.text()}, ordered for {ordered.value.text()}"
        yield Check("weight", said, "caution", reverse("order", args=[session.order.pk]))
    else:
        yield Check("weight", f"weight {ordered.value.text()}", "met")


def scale(session: TreatmentSession) -> Check:
    """The scale before the first session of the course."""
    course = session.course
    url = reverse("scales", args=[course.patient_id])
    asked = Assignment.objects.filter(
        Q(course=course) | Q(course__isnull=True, patient_id=course.patient_id),
        occasion="baseline",
    ).select_related("response")
    if any(response_to(assignment) is not None for assignment in asked):
        return Check("scale", "baseline PHQ-9", "met", url)
    if any(assignment.cancelled_at is None for assignment in asked):
        return Check("scale", "baseline PHQ-9 not answered", "due", url)
    return Check("scale", "baseline PHQ-9 not asked", "unknown", url)


def suicidality(session: TreatmentSession, now: datetime) -> Check:
    """The tier that counts now; a high one holds until a prescriber decides about the start."""
    patient = session.course.patient
    tier = tier_of(patient, now)
    held = bool(suicidality_holds(session.order, now, tier))
    state = "block" if held else {"stop": "caution"}.get(tier.mark, tier.mark)
    url = reverse("suicidality", args=[patient.pk])
    return Check("suicidality", f"suicidality {tier.in_words}", state, url)


def preparation(session: TreatmentSession) -> Iterator[Check]:
    """A preparation visit, where the model of care has one."""
    course = session.course
    if course.therapy_visits.filter(purpose="preparation").exists():
        yield Check("preparation", "preparation held", "met")
    elif model_of_care(course.model_of_care).prepared:
        url = reverse("therapy_visit_new", args=[course.pk])
        yield Check("preparation", "preparation not recorded", "due", url)


def watch(session: TreatmentSession, now: datetime) -> Iterator[Check]:
    """What the four-organ watch asks for: the visit is the time to look."""
    patient = session.course.patient
    asked = pressing(patient, doses_given(patient, now), now)
    if asked:
        names = ", ".join(organ.watch.title.lower() for organ in asked)
        state = "due" if asked[0].state is State.OVERDUE else "unknown"
        url = reverse("exposure", args=[patient.pk])
        yield Check("watch", f"watch, {asked[0].state.value}: {names}", state, url)


def escort(view: SessionView) -> Check:
    """Who takes the patient home, as the check-in says."""
    open_ids = {blocker.id for blocker in view.start_blockers}
    if open_ids.isdisjoint({"check_in", "check_in.escort_name"}):
        return Check("escort", "escort named", "met")
    return Check("escort", "escort not named", "unknown")
