"""Tells whether a PIN is that of the person who is signed in. It signs nobody in."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import check_password
from django.http import HttpRequest

from mooring.clinic.accounts.models import BedsidePin, User

WRONG_PINS = "wrong_pins"
MOST_WRONG_PINS = 3
"""After so many in a row the screen opens with the password only."""


class BedsidePinBackend(BaseBackend):
    """Answers `authenticate(request, username=…, pin_secret=…)`, and no other call.

    The guard stands before it and counts what it refuses together with wrong passwords.
    """

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, username: str, pin_secret: str
    ) -> User | None:
        """The signed-in person when the PIN is theirs and still counts, else None."""
        user = cast(Any, request.user) if request is not None else None
        if user is None or not user.is_authenticated or user.username != username:
            return None
        if pin_closed(cast(HttpRequest, request)):
            return None
        pin = BedsidePin.objects.filter(user=user).first()
        right = pin is not None and check_password(pin_secret, pin.secret)
        return cast(User, user) if right else None


def pin_closed(request: HttpRequest) -> bool:
    """True once the PIN was wrong too often: then only the password counts."""
    return bool(request.session.get(WRONG_PINS, 0) >= MOST_WRONG_PINS)


def note_wrong_pin(request: HttpRequest) -> None:
    """Count one."""
    request.session[WRONG_PINS] = request.session.get(WRONG_PINS, 0) + 1


def forget_wrong_pins(request: HttpRequest) -> None:
    """Begin anew: the screen was opened."""
    request.session.pop(WRONG_PINS, None)
