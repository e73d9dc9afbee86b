"""The second person of a hard stop: another prescriber or nurse, who confirms with a password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth import authenticate
from django.http import HttpRequest

from mooring.clinic.accounts import limits
from mooring.clinic.accounts.guard import at_door
from mooring.clinic.accounts.limits import Door
from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.permissions import Role

if TYPE_CHECKING:
    from mooring.clinic.alone.models import AloneStatement

ROLES = frozenset({Role.PRESCRIBER, Role.NURSE})


@dataclass(frozen=True)
class SecondPerson:
    """Who confirmed an order beyond its bounds, and why. The reason is theirs and is kept."""

    user: User
    reason: str
    alone: AloneStatement | None = None
    """The owner's statement by which somebody stands here for themselves: nobody else is on duty.
    None for a second person."""


def confirm(request: HttpRequest, username: str, password: str) -> User:
    """The person with this name and password, checked as a sign-in is and counted as one.

    Refused when the password does not fit, after too many tries, or without a role that may
    confirm. Nobody is signed in by it: the prescriber stays who they are.
    """
    at_door(request, Door.SIGNING)
    user = authenticate(request, username=username, password=password)
    # The sign-in guard answers a locked account with a page of its own, and the order that was
    # typed would be gone. The lock itself holds.
    locked = bool(getattr(request, "axes_locked_out", False))
    cast(Any, request).axes_locked_out = False
    if locked:
        raise RefusedError(
            "Too many tries for this name. Wait 15 minutes, or ask another colleague.",
            field="second_username",
        )
    if user is None:
        raise RefusedError(
            "Name and password do not belong together. The second person types both.",
            field="second_password",
        )
    limits.forget_wrong(limits.asked(request, Door.SIGNING, user.username))
    return require_may_confirm(user)


def require_may_confirm(user: User) -> User:
    """Refuse a person whose roles may not confirm an order."""
    if user.roles.isdisjoint(ROLES):
        raise RefusedError(
            "The second person is a prescriber or a nurse of this clinic.",
            field="second_username",
        )
    return user
