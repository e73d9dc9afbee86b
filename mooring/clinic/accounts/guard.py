"""Stands before every check of a password or PIN: counts what does not match, and closes the door.

django-axes calls it before and after Django's `authenticate`. It counts by `limits.py`, because
django-axes has one number for all its counts and knows no devices.
"""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from typing import Any, cast

from axes.handlers.base import AbstractAxesHandler, AxesBaseHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from mooring.clinic.accounts import limits
from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.accounts.limits import Door
from mooring.clinic.accounts.models import User
from mooring.clinic.accounts.places import address_of

address = address_of
"""For AXES_CLIENT_IP_CALLABLE: what REMOTE_ADDR says, and no header."""


class Guard(AbstractAxesHandler, AxesBaseHandler):  # type: ignore[misc]
    """Counts in the clinic's own table, by account and place, by address, and by account."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        """True while the door waits."""
        return closed_for(request, name_in(credentials)) is not None

    def get_failures(self, request: HttpRequest, credentials: Any = None) -> int:
        """How many were wrong here; only for whoever asks django-axes."""
        about = limits.asked(request, door_of(request), name_in(credentials))
        return limits.wrong_here(about)

    def user_login_failed(
        self,
        sender: object,  # noqa: ARG002
        credentials: dict[str, Any],
        request: HttpRequest | None = None,
        **_: Any,
    ) -> None:
        """Count one; the answer becomes "wait" when it was one too many, or came while closed."""
        if request is None:
            return
        name = name_in(credentials)
        if closed_for(request, name) is None:
            limits.note_wrong(limits.asked(request, door_of(request), name), timezone.now())
        if closed_for(request, name) is not None:
            close(request, name)

    def user_logged_in(
        self,
        sender: object,  # noqa: ARG002
        request: HttpRequest | None,
        user: User,
        **_: Any,
    ) -> None:
        """Whoever came in begins anew at this place."""
        if request is not None:
            limits.forget_wrong(limits.asked(request, Door.SIGN_IN, user.username))

    def user_logged_out(self, *_: Any, **__: Any) -> None:
        """Nothing: leaving is the audit's to tell."""


def name_in(credentials: dict[str, Any] | None) -> str:
    """The name that was given."""
    return str((credentials or {}).get("username") or "")


def at_door(request: HttpRequest, door: Door) -> None:
    """Say at which door the secrets of this request are given; signing in is where nobody says."""
    cast(Any, request).mooring_door = door


def door_of(request: HttpRequest) -> Door:
    """The door at which the secrets of this request are given."""
    return cast(Door, getattr(request, "mooring_door", Door.SIGN_IN))


def closed_for(request: HttpRequest, username: str) -> timedelta | None:
    """How long this request's door waits for this name; None when it is open."""
    about = limits.asked(request, door_of(request), username)
    return limits.wait(about, timezone.now(), user=limits.account(username))


def close(request: HttpRequest, username: str) -> None:
    """Let the answer be "wait"; django-axes's middleware asks `too_many` for it."""
    said = cast(Any, request)
    said.axes_locked_out, said.axes_credentials = True, {"username": username}


def too_many(
    request: HttpRequest,
    original: HttpResponse | None = None,  # noqa: ARG001
    credentials: Any = None,
) -> HttpResponse:
    """The page that says how long to wait."""
    pause = timedelta(minutes=the_clinic().wait_minutes)
    left = closed_for(request, name_in(credentials)) or pause
    minutes = ceil(left / timedelta(minutes=1))
    shown = {"minutes": minutes, "days": ceil(left / limits.DAY) if left > limits.DAY else None}
    return render(request, "accounts/locked_out.html", shown, status=429)
