"""Who came in, who left, and whose password did not match: each a row of the audit."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth import signals
from django.http import HttpRequest
from django.utils import timezone

from mooring.clinic.accounts import resets, sign_ins
from mooring.clinic.accounts.doorstep import note_arrival, note_leaving
from mooring.clinic.accounts.models import User
from mooring.clinic.accounts.places import address_of
from mooring.clinic.accounts.signing import SIGN_IN, at_sign_in, note_shown
from mooring.clinic.audit import chain


def connect() -> None:
    """Listen to Django's sign-in signals; called once, when the application is ready."""
    signals.user_logged_in.connect(signed_in, dispatch_uid="audit_signed_in")
    signals.user_logged_out.connect(signed_out, dispatch_uid="audit_signed_out")
    signals.user_login_failed.connect(refused, dispatch_uid="audit_sign_in_refused")


def signed_in(user: User, request: HttpRequest | None = None, **_: Any) -> None:
    """Somebody came in: from where, and by what."""
    note("accounts.signed_in", user, request, at_sign_in(request) if request else "")
    note_arrival(request, user)
    if request is not None:
        note_shown(request, SIGN_IN)
        sign_ins.begin(request, user.pk, address_of(request))
        resets.tell(request, user)


def signed_out(user: User | None, request: HttpRequest | None = None, **_: Any) -> None:
    """Somebody left; None is a visitor who was never in."""
    note_leaving(request)
    if user is not None:
        here = request.session.get(sign_ins.KEY) if request is not None else None
        if here:
            sign_ins.end(user.pk, timezone.now(), only=UUID(here))
        note("accounts.signed_out", user)


def refused(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """A secret did not match. Only names of accounts are kept: people type passwords there."""
    user = User.objects.filter(username=credentials.get("username") or "").first()
    if user is not None:
        note("accounts.sign_in_refused", user, request)


def note(action: str, user: User, request: HttpRequest | None = None, how: str = "") -> None:
    """Write the row about one account; `how` it was done stands behind the address."""
    from mooring.clinic.actions import writing

    where = str(request.META.get("REMOTE_ADDR", "")) if request else ""
    with writing():
        chain.append(
            at=timezone.now(),
            actor=str(user.pk),
            actor_name=str(user),
            action=action,
            subject="accounts.User",
            subject_id=str(user.pk),
            patient=None,
            detail=", ".join(filter(None, [where, how])),
        )
