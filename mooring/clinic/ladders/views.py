"""The ladder of a course: its steps, what stands against the next, and the looks back."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from mooring.clinic import web
from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import RefusedError
from mooring.clinic.courses.models import Course, Order
from mooring.clinic.doors import allow
from mooring.clinic.ladders import actions
from mooring.clinic.ladders.forms import ReasonForm, ReviewForm
from mooring.clinic.ladders.models import Ladder
from mooring.clinic.ladders.reading import (
    POLICY,
    StepTaken,
    ordered,
    others_given,
    policy_of,
    steps_taken,
    where,
)
from mooring.clinic.people.forms import add_refusal
from mooring.clinic.prescriptions.switch import take_home_switched_on
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.protocols.ladders.policy import LadderPolicy
from mooring.core.protocols.ladders.standing import Decision


@allow("ladder.view")
@require_safe
def ladder(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """The newest ladder of a course; before one is started, what it would be."""
    course = course_or_404(course_id)
    current = course.ladders.select_related("started_by").first()
    policy = POLICY if current is None else policy_of(current)
    facts = {
        "course": course,
        "patient": course.patient,
        "ladder": current,
        "policy": policy,
        "steps": [(number, step, policy.amount(number), policy.volume(step.sprays))
                  for number, step in enumerate(policy.steps, start=1)],
        "month": [policy.course_sprays, policy.sprays_with_titration],
        "amounts": [amounts(policy, n)
                    for n in (policy.course_sprays, policy.sprays_with_titration)],
        "home_on": take_home_switched_on(),
        **(current_facts(current, policy) if current else {}),
    }  # fmt: skip
    return render(request, "ladders/ladder.html", facts)


def current_facts(current: Ladder, policy: LadderPolicy) -> dict[str, Any]:
    """What was taken, what comes next by the source, and what it waits for."""
    now = web.now()
    taken, others = steps_taken(current, now), others_given(current, now)
    facts: dict[str, Any] = {"taken": taken, "others": others}
    try:
        standing = where(current, taken, others, now)
    except ValueError as skipped:
        return {**facts, "skipped": str(skipped)}
    facts["standing"] = standing
    if standing.next_step is None:
        return facts
    link = order_link(current, policy, standing.next_step)
    order = ordered(current, standing.next_step, clinic_day(now))
    return {**facts, "order_link": link, "ordered": order, "planned": planned(order, now)}


def planned(order: Order | None, now: datetime) -> TreatmentSession | None:
    """The next session of that order that is still to come."""
    if order is None:
        return None
    ahead = order.sessions.filter(scheduled_at__gt=now, started_at=None, cancelled_at=None)
    return ahead.order_by("scheduled_at").first()


def amounts(policy: LadderPolicy, sprays: int) -> dict[str, Any]:
    """Sprays with the arithmetic to their volume and drug."""
    return {"sprays": sprays, "volume": policy.volume(sprays), "total": policy.total(sprays)}


def order_link(current: Ladder, policy: LadderPolicy, step: int) -> str:
    """The order form with a step's sprays typed in, for the prescriber to check and sign."""
    minutes = policy.steps[step - 1].sprays_at_minutes
    typed = {
        "way": f"{policy.drug.value}.{policy.route.value}",
        "product": "ketamine_nasal_spray_100",
        "sprays": len(minutes),
        "apart": minutes[1] - minutes[0] if len(minutes) > 1 else "",
        "first": "right",
    }
    return f"{reverse('order_new', args=[current.course_id])}?{urlencode(typed)}"


@allow("ladder.start")
@require_http_methods(["GET", "HEAD", "POST"])
def ladder_start(request: HttpRequest, course_id: UUID) -> HttpResponse:
    """Begin the ladder, with the reason."""
    course = course_or_404(course_id)
    form = ReasonForm(request.POST or None)

    def save() -> None:
        actions.start(web.actor(request), course=course, now=web.now(), **form.cleaned_data)

    facts = {"title": "Start the ladder", "save": "Start the ladder"}
    return asked(request, course, form, save, facts)


@allow("ladder.start")
@require_http_methods(["GET", "HEAD", "POST"])
def ladder_end(request: HttpRequest, ladder_id: UUID) -> HttpResponse:
    """End the ladder, with the reason."""
    current = get_object_or_404(Ladder.objects.select_related("course__patient"), pk=ladder_id)
    form = ReasonForm(request.POST or None)

    def save() -> None:
        actions.end(web.actor(request), ladder=current, now=web.now(), **form.cleaned_data)

    facts = {"title": "End the ladder", "save": "End the ladder"}
    return asked(request, current.course, form, save, facts)


@allow("ladder.review")
@require_http_methods(["GET", "HEAD", "POST"])
def step_review(request: HttpRequest, ladder_id: UUID, session_id: UUID) -> HttpResponse:
    """Look back on one step."""
    current = get_object_or_404(Ladder.objects.select_related("course__patient"), pk=ladder_id)
    step = taken_or_404(current, session_id)
    form = ReviewForm(policy_of(current), request.POST or None)

    def save() -> None:
        actions.review(
            web.actor(request), ladder=current, session=step.session, answers=form.answers(),
            decision=Decision(form.cleaned_data["decision"]), words=form.cleaned_data["words"],
            now=web.now(),
        )  # fmt: skip

    title = f"Review of step {step.taken.step}"
    return asked(request, current.course, form, save, {"title": title, "save": "Keep the review"})


def taken_or_404(current: Ladder, session_id: UUID) -> StepTaken:
    """The step that a session took."""
    found = [step for step in steps_taken(current, web.now()) if step.session.pk == session_id]
    if not found:
        raise Http404(session_id)
    return found[0]


def asked(
    request: HttpRequest, course: Course, form: Any, save: Any, facts: dict[str, str]
) -> HttpResponse:
    """Ask, and come back to the ladder once it is kept."""
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except RefusedError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("ladder", course.pk)
    shown = {**facts, "course": course, "patient": course.patient, "form": form}
    status = 422 if form.errors else 200
    return render(request, "ladders/asked.html", shown, status=status)


def course_or_404(course_id: UUID) -> Course:
    """The course with its patient."""
    return get_object_or_404(Course.objects.select_related("patient"), pk=course_id)
