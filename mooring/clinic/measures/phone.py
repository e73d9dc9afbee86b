"""The patient's phone: a personal link, one question a screen, crisis help on every page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib.humanize.templatetags.humanize import apnumber
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from mooring.clinic.actions import RefusedError
from mooring.clinic.doors import public
from mooring.clinic.measures.actions import answer, by_link, note_watched
from mooring.clinic.measures.draft import Draft, begin, load, save, sent, was_sent_here
from mooring.clinic.measures.models import Assignment, Response
from mooring.clinic.measures.schedule import opens_at
from mooring.clinic.measures.self_harm import (
    alerts,
    alerts_of,
    is_watched,
    task_about,
    to_be_kept,
)
from mooring.clinic.measures.standing import Standing, response_to, standing
from mooring.clinic.measures.tokens import find
from mooring.clinic.openings import opened_by_link
from mooring.clinic.people.models import Patient
from mooring.clinic.suicidality.tiers import tier_of
from mooring.clinic.web import now
from mooring.core.measures import MEASURES, Alert

PageOf = Callable[..., HttpResponse]

THE_TOKEN_IS_THE_KEY = "the token in the address is the key; patients need no account"
UNKNOWN = "unknown"
STATUS = {
    UNKNOWN: HTTPStatus.NOT_FOUND,
    Standing.MISSED: HTTPStatus.GONE,
    Standing.CANCELLED: HTTPStatus.GONE,
}


def by_token(page: PageOf) -> PageOf:
    """Open the page for the assignment of the token, or say kindly what the link is now.

    Answers begun in time may be finished after the window has closed.
    """

    @wraps(page)
    def opened(request: HttpRequest, token: str, **more: Any) -> HttpResponse:
        assignment = find(token)
        if assignment is None:
            return closed(request, UNKNOWN)
        opened_by_link(by_link(assignment.patient), assignment.patient_id)
        state = standing(assignment, now())
        draft = load(request.session, assignment)
        begun = draft is not None and state in (Standing.MISSED, Standing.CANCELLED)
        if state is Standing.OPEN or begun:
            return page(request, assignment, token=token, draft=draft, **more)
        if state is Standing.ANSWERED:
            return arrived(request, assignment, token, draft)
        return closed(request, state, assignment)

    return opened


@public(THE_TOKEN_IS_THE_KEY)
@require_http_methods(["GET", "HEAD", "POST"])
@by_token
def start(
    request: HttpRequest, assignment: Assignment, token: str, draft: Draft | None
) -> HttpResponse:
    """Who asks, how long it takes, who reads it; then the first question still open."""
    if request.method == "POST":
        return to_question(token, begin(request.session, assignment, now()).first_open)
    measure = MEASURES[assignment.measure]
    facts = {"measure": measure, "how_many": apnumber(len(measure.items)), "draft": draft}
    return show(request, "start", facts)


@public(THE_TOKEN_IS_THE_KEY)
@require_http_methods(["GET", "HEAD", "POST"])
@by_token
def question(
    request: HttpRequest, assignment: Assignment, token: str, draft: Draft | None, number: int
) -> HttpResponse:
    """One question; choosing an answer leads to the next."""
    items = MEASURES[assignment.measure].items
    if draft is None or not 1 <= number <= len(items):
        return redirect("answer", token)
    item = items[number - 1]
    if request.method == "POST" and draft.choose(item, request.POST.get("value", "")):
        save(request.session, assignment, draft)
        tell_at_once(assignment, item.id, draft.chosen[item.id])
        return to_question(token, draft.after(number))
    facts = {
        "item": item,
        "number": number,
        "previous": number - 1,
        "is_chosen": item.id in draft.chosen,
        "chosen": draft.chosen.get(item.id),
    }
    return show(request, "question", {**facts, **about(draft, token, assignment.patient)})


@public(THE_TOKEN_IS_THE_KEY)
@require_http_methods(["GET", "HEAD", "POST"])
@by_token
def check(
    request: HttpRequest, assignment: Assignment, token: str, draft: Draft | None
) -> HttpResponse:
    """All answers to look over, and the button that sends them."""
    if draft is None or draft.first_open is not None:
        return redirect("answer", token)
    if request.method == "POST":
        return send(request, assignment, token, draft)
    told = bool(alerts_in(draft))
    labels: dict[int | None, str] = {option.value: option.text for option in draft.measure.options}
    lines = [
        (number, item, labels.get(draft.chosen[item.id], "I would rather not say"))
        for number, item in enumerate(draft.measure.items, 1)
    ]
    facts = {"lines": lines, "task": task_about(assignment) if told else None}
    return show(request, "check", {**facts, **about(draft, token, assignment.patient)})


@public(THE_TOKEN_IS_THE_KEY)
@require_http_methods(["GET", "HEAD"])
@by_token
def done(
    request: HttpRequest,  # noqa: ARG001
    assignment: Assignment,  # noqa: ARG001
    token: str,
    draft: Draft | None,  # noqa: ARG001
) -> HttpResponse:
    """Nothing was sent yet: back to the questions. What was sent is shown by `arrived`."""
    return redirect("answer", token)


def tell_at_once(assignment: Assignment, item: str, value: int | None) -> None:
    """An answer that calls someone calls them now: not every form that is begun is sent."""
    if is_watched(assignment, item) and to_be_kept(assignment, item, value):
        by = by_link(assignment.patient)
        note_watched(by, assignment=assignment, item=item, value=value, now=now())


def send(request: HttpRequest, assignment: Assignment, token: str, draft: Draft) -> HttpResponse:
    """Store the answers; what comes next is the thank-you, or at once the help in a crisis."""
    try:
        response = answer(
            by_link(assignment.patient),
            assignment=assignment,
            answers=draft.answers,
            started_at=draft.started_at,
            now=now(),
        )
    except RefusedError:
        return redirect("answer", token)
    sent(request.session, response)
    return redirect("answer_done", token)


def arrived(
    request: HttpRequest, assignment: Assignment, token: str, draft: Draft | None
) -> HttpResponse:
    """The answers are stored. Only the browser that sent them is shown what follows from them."""
    response = response_to(assignment)
    if response is None:
        return closed(request, Standing.ANSWERED)
    if draft is not None and draft.answers == response.answers:
        # A second tap on "send" overtook the answer to the first.
        sent(request.session, response)
        return redirect("answer_done", token)
    if was_sent_here(request.session, response):
        return thanks(request, response)
    return closed(request, Standing.ANSWERED)


def thanks(request: HttpRequest, response: Response) -> HttpResponse:
    """A thank-you; after an answer that calls someone, the crisis help and who was told."""
    found = alerts_of(response)
    if found:
        declined = all(alert.value is None for alert in found)
        facts = {"task": task_about(response.assignment), "declined": declined}
        return show(request, "crisis", facts)
    return show(request, "thanks", {})


def closed(request: HttpRequest, reason: str, assignment: Assignment | None = None) -> HttpResponse:
    """What this link is now, and what to do; an unknown one says nothing about any other."""
    facts: dict[str, Any] = {"reason": reason}
    if assignment is not None:
        facts["opens_at"] = opens_at(assignment.occasion, assignment.due_at)
    return show(request, "closed", facts, STATUS.get(reason, HTTPStatus.OK))


def help_first(patient: Patient) -> bool:
    """True where the patient's tier puts help in a crisis first on their pages."""
    return tier_of(patient, now()).path.crisis_help_first


def about(draft: Draft, token: str, patient: Patient) -> dict[str, Any]:
    """What every screen within the questions shows."""
    return {
        "measure": draft.measure,
        "token": token,
        "count": len(draft.measure.items),
        "crisis_first": bool(alerts_in(draft)) or help_first(patient),
    }


def alerts_in(draft: Draft) -> tuple[Alert, ...]:
    """The answers so far that call someone."""
    return alerts(draft.measure.id, draft.answers, draft.declined)


def to_question(token: str, number: int | None) -> HttpResponse:
    """On to a question, or to the check when none is open."""
    if number is None:
        return redirect("answer_check", token)
    return redirect("answer_question", token, number)


def show(
    request: HttpRequest, page: str, facts: dict[str, Any], status: int = HTTPStatus.OK
) -> HttpResponse:
    """One screen of the phone."""
    return render(request, f"measures/phone/{page}.html", facts, status=status)
