"""The form that the running request brought, and its claim on being the first to bring it."""

from __future__ import annotations

import hashlib
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from mooring.clinic.once.models import SubmittedForm
from mooring.clinic.rows import new_id

FIELD = "_form_id"
"""The hidden field with the form's id; see `mooring.clinic.once.marks`."""
STOOD = "_stood"
"""The hidden field with what stood when the form was opened; see `mooring.clinic.once.standing`."""
NOT_CONTENT = frozenset(
    {FIELD, STOOD, "csrfmiddlewaretoken", "_draft", "sign_secret", "sign_credential", "sign_what"}
)
"""Fields that nobody filled in."""


class AlreadySubmittedError(Exception):
    """Another request has taken this form: this one writes nothing."""


@dataclass
class Submission:
    """A form that came with an id."""

    id: UUID
    user: str
    place: str
    content: str
    stood: tuple[str, ...] = ()
    """What stood when it was opened."""
    maker: UUID = field(default_factory=new_id)
    claimed: bool = False
    """True once an action of this request has claimed the id; its transaction may still fail."""

    def same(self, stands: SubmittedForm) -> bool:
        """True for the same person, address and content."""
        mine = (self.user, self.place, self.content)
        return mine == (stands.user, stands.place, stands.content)


current: ContextVar[Submission | None] = ContextVar("submission", default=None)
"""None outside of requests, and for a form without an id: a page opened by an older version."""


def claim(now: datetime) -> None:
    """Take the id of the form that runs, in the caller's transaction: both stand, or neither.

    Waits for another transaction that is taking it. Raises AlreadySubmittedError where another
    request has taken it; the further actions of one request share its claim.
    """
    sent = current.get()
    if sent is None:
        return
    row = SubmittedForm(
        id=sent.id, maker=sent.maker, user=sent.user, place=sent.place, content=sent.content, at=now
    )
    # Not a plain insert: on PostgreSQL its failure would end the transaction.
    SubmittedForm.objects.bulk_create([row], ignore_conflicts=True)
    if SubmittedForm.objects.values_list("maker", flat=True).get(pk=sent.id) != sent.maker:
        raise AlreadySubmittedError(str(sent.id))
    sent.claimed = True


def read(request: HttpRequest) -> Submission | None:
    """What a request brings; None where it is no form, or carries no id."""
    if request.method != "POST" or not (request.content_type or "").startswith(FORMS):
        return None
    try:
        key = UUID(str(request.POST.get(FIELD, "")))
    except ValueError:
        return None
    user = str(request.user.pk) if request.user.is_authenticated else ""
    place = digest("place", request.get_full_path())
    stood = tuple(map(str, request.POST.getlist(STOOD)))
    return Submission(key, user, place, content_of(request), stood)


FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def content_of(request: HttpRequest) -> str:
    """Digest of all that was filled in, files included."""
    said = [(name, values) for name, values in request.POST.lists() if name not in NOT_CONTENT]
    files = [
        (name, [(file.name, _of_file(file)) for file in files])
        for name, files in request.FILES.lists()
    ]
    return digest("content", repr((sorted(said), sorted(files))))


def _of_file(file: UploadedFile[Any]) -> str:
    found = hashlib.sha256()
    for chunk in file.chunks():
        found.update(chunk)
    file.seek(0)
    return found.hexdigest()


def digest(of: str, text: str) -> str:
    """Keyed, so that neither passwords nor personal links can be guessed from what is kept."""
    return salted_hmac(f"mooring.once.{of}", text, algorithm="sha256").hexdigest()
