"""Takes a form once: the same form again gets the answer of the first, and writes nothing."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from mooring.clinic.once.answers import given_again, keep, kept
from mooring.clinic.once.models import SubmittedForm
from mooring.clinic.once.standing import ChangedError, Stands
from mooring.clinic.once.submission import (
    NOT_CONTENT,
    AlreadySubmittedError,
    Submission,
    current,
    read,
)

PATIENCE = 5.0
"""Seconds that a repeated form waits for the answer to the first."""
EVERY = 0.05
"""Seconds between two looks."""
STILL_RUNNING = timedelta(seconds=60)
"""After that a form that was never answered never will be: the program ended meanwhile."""
SAVED = "This was saved already."
SECRET = frozenset({"password", "password1", "password2", "pin", "again", "secret", "credential"})
"""Fields with such a word in their name are neither shown again nor carried in a page."""


class OnceMiddleware:
    """Stands last, next to the view: only what no lock and no door stopped comes here."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve one request; keep what was answered to a form that was taken."""
        current.set(None)
        try:
            return settled(request, self.get_response(request))
        finally:
            current.set(None)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """The answer of before, for the same form; None lets the view answer."""
        sent = read(request)
        if sent is None:
            return None
        request.META["mooring.sent"] = sent
        current.set(sent)
        stands = SubmittedForm.objects.filter(pk=sent.id).first()
        return again(request, sent, stands) if stands and sent.same(stands) else None

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """An action found that the form was taken, or that what it changes is not as it was.

        None for anything else.
        """
        if isinstance(problem, ChangedError):
            return _changed(request, problem.stands)
        if not isinstance(problem, AlreadySubmittedError):
            return None
        sent = request.META["mooring.sent"]
        return again(request, sent, SubmittedForm.objects.get(pk=sent.id))


def settled(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What is answered in the end.

    A view may refuse what another request wrote a moment ago, since it finds it done: then the
    answer to that one is the true one.
    """
    sent: Submission | None = request.META.get("mooring.sent")
    if sent is None or hasattr(response, "answers_again"):
        return response
    if sent.claimed:
        if response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR and not response.streaming:
            keep(request, sent, response)
        return response
    stands = SubmittedForm.objects.filter(pk=sent.id).first()
    return again(request, sent, stands) if stands else response


def again(request: HttpRequest, sent: Submission, stands: SubmittedForm) -> HttpResponse:
    """The answer to a form whose id was taken."""
    response = _repeated(request, stands) if sent.same(stands) else _other(request, stands)
    response.answers_again = True  # type: ignore[attr-defined]
    return response


def _repeated(request: HttpRequest, stands: SubmittedForm) -> HttpResponse:
    """What the first was answered, waiting for it a little; else back to the form's own page."""
    give_up = time.monotonic() + PATIENCE
    while (answer := kept(stands)) is None:
        old = timezone.now() - stands.at > STILL_RUNNING
        if old or time.monotonic() > give_up:
            return _saved_already(request)
        time.sleep(EVERY)
        stands.refresh_from_db(fields=["answer"])
    return given_again(request, answer)


def _saved_already(request: HttpRequest) -> HttpResponse:
    messages.success(request, SAVED, extra_tags="met")
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(headers={"HX-Refresh": "true"})
    came_from = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, request.is_secure())
    return redirect(came_from if own else "home")


def _other(request: HttpRequest, stands: SubmittedForm) -> HttpResponse:
    """Something else was saved from this form: both are shown, and the person decides."""
    typed = list(_typed(request))
    hidden = any(secret(name) for name in request.POST) or bool(request.FILES)
    mine = request.user.is_authenticated and stands.user == str(request.user.pk)
    answer = kept(stands) if mine else None
    facts = {
        "typed": [(name, value) for name, value in typed if value.strip()],
        "fields": typed,
        "may_save": not hidden,
        "saved_at": stands.at,
        "saved_page": answer.headers.get("Location") if answer else None,
        "own": mine,
    }
    return render(request, "once/other.html", facts, status=HTTPStatus.CONFLICT)


def _changed(request: HttpRequest, stands: Stands) -> HttpResponse:
    """Somebody changed it meanwhile: what stands now, what was typed, and the person decides."""
    typed = list(_typed(request))
    facts = {
        "stands": stands,
        "typed": [(name, value) for name, value in typed if value.strip()],
        "fields": typed,
        "may_save": not stands.instead and not any(secret(name) for name in request.POST),
    }
    return render(request, "once/changed.html", facts, status=HTTPStatus.CONFLICT)


def _typed(request: HttpRequest) -> Iterable[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name not in NOT_CONTENT and not secret(name):
            yield from ((name, str(value)) for value in values)


def secret(name: str) -> bool:
    """True for a field that holds something to sign in with."""
    return not SECRET.isdisjoint(re.split(r"\W|_", name.lower()))
