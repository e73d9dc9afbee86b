"""One's own sign-ins: listed with time, device and address, and ended one by one or all.

A session names its row; an ended row closes the session at its next request, in every worker.
The rows are technical: they are thrown away, and the audit tells who came and went.
"""

from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from mooring.clinic.rows import new_id

KEY = "sign_in"
LONGEST = timedelta(hours=12)
"""A sign-in is over by itself after it; see `idle.LONGEST`."""
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
            ("Safari", "Safari"))  # fmt: skip
MACHINES = (("iPad", "iPad"), ("iPhone", "iPhone"), ("Android", "Android"), ("Windows", "Windows"),
            ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"))  # fmt: skip


class SignIn(models.Model):
    """One time that somebody came in, as long as it lasts."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="sign_ins"
    )
    at = models.DateTimeField()
    device = models.CharField(max_length=60)
    """In words, for example "Chrome on Android"."""
    address = models.CharField(max_length=60)
    ended_at = models.DateTimeField(null=True)


def words_of(user_agent: str) -> str:
    """A device in words, as far as the browser tells: "Firefox on Windows"."""
    browser = next((words for mark, words in BROWSERS if re.search(rf"{mark}\w*/", user_agent)), "")
    machine = next((words for mark, words in MACHINES if mark in user_agent), "")
    return " on ".join(filter(None, [browser, machine])) or "a device that does not say what it is"


def begin(request: HttpRequest, user_id: UUID, address: str) -> None:
    """Write down that somebody came in; what is long over goes."""
    now = timezone.now()
    SignIn.objects.filter(at__lt=now - LONGEST).delete()
    row = SignIn.objects.create(
        user_id=user_id,
        at=now,
        device=words_of(request.META.get("HTTP_USER_AGENT", "")),
        address=address,
    )
    request.session[KEY] = str(row.pk)
    request.session["since"] = time.time()


def has_ended(request: HttpRequest) -> bool:
    """True when this session was ended from elsewhere. One of an older version names no row."""
    key = request.session.get(KEY)
    return key is not None and not SignIn.objects.filter(pk=key, ended_at=None).exists()


def open_ones(user_id: UUID, now: datetime) -> models.QuerySet[SignIn]:
    """Where a person is signed in, the newest first."""
    rows = SignIn.objects.filter(user_id=user_id, ended_at=None, at__gt=now - LONGEST)
    return rows.order_by("-at")


def end(user_id: UUID, now: datetime, *, only: UUID | None = None, but: str | None = None) -> int:
    """End a person's sign-ins: one, all but one, or all. How many that were."""
    rows = open_ones(user_id, now)
    if only is not None:
        rows = rows.filter(pk=only)
    if but is not None:
        rows = rows.exclude(pk=but)
    return rows.update(ended_at=now)
