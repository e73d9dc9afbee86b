"""What was answered to a form, kept so that the same form gets the same answer again."""

from __future__ import annotations

import base64
import json
import logging
import zlib
from dataclasses import asdict, dataclass
from http import HTTPStatus
from uuid import UUID

from cryptography.fernet import Fernet
from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import salted_hmac

from mooring.clinic.once.models import SubmittedForm
from mooring.clinic.once.submission import Submission

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """A response that can be given again."""

    status: int
    headers: dict[str, str]
    body: str
    said: list[tuple[int, str, str]]
    """Messages for the next page: level, words, tags."""


KEPT_HEADERS = ("Location", "Content-Type", "HX-Redirect", "HX-Refresh", "HX-Trigger")


def keep(request: HttpRequest, sent: Submission, response: HttpResponse) -> None:
    """Keep what was answered. The form is written by now: a failure here must not unsay that."""
    headers = {name: response[name] for name in KEPT_HEADERS if name in response}
    waiting = getattr(messages.get_messages(request), "_queued_messages", [])
    said = [(each.level, str(each.message), each.extra_tags or "") for each in waiting]
    answer = Answer(response.status_code, headers, response.content.decode(), said)
    text = zlib.compress(json.dumps(asdict(answer)).encode())
    try:
        stands = SubmittedForm.objects.filter(pk=sent.id, maker=sent.maker)
        stands.update(answer=_cipher(sent.id).encrypt(text))
    except DatabaseError:
        log.exception("What was answered to a form could not be kept.")


def kept(stands: SubmittedForm) -> Answer | None:
    """What was answered; None while it was not."""
    if stands.answer is None:
        return None
    text = zlib.decompress(_cipher(stands.pk).decrypt(bytes(stands.answer)))
    return Answer(**json.loads(text))


def given_again(request: HttpRequest, answer: Answer) -> HttpResponse:
    """The same response, with the same messages waiting for the next page."""
    for level, words, tags in answer.said:
        messages.add_message(request, level, words, extra_tags=tags)
    if answer.status == HTTPStatus.FOUND:
        return HttpResponseRedirect(answer.headers["Location"])
    return HttpResponse(answer.body, status=answer.status, headers=answer.headers)


def _cipher(form: UUID) -> Fernet:
    """An answer may be a page of a chart, or hold a personal link that is stored nowhere else."""
    key = salted_hmac("mooring.once.answer", str(form), algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
