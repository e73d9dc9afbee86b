"""What stands for the second person where nobody else is on duty: one's own password again."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from mooring.clinic.accounts import limits, signing
from mooring.clinic.accounts.guard import at_door
from mooring.clinic.accounts.limits import Door
from mooring.clinic.accounts.models import User
from mooring.clinic.actions import RefusedError
from mooring.clinic.alone.standing import standing
from mooring.clinic.courses.second import SecondPerson, require_may_confirm
from mooring.clinic.web import now


def alone(request: HttpRequest, password: str, reason: str) -> SecondPerson:
    """Oneself in the second person's place, by the owner's statement.

    Refused where none stands for now, and where the password does not match.
    """
    user = cast(User, request.user)
    statement = standing(user, now())
    if statement is None:
        raise RefusedError("Someone other than you has to open it.", field="second_username")
    at_door(request, Door.SIGNING)
    if not signing.matches(request, user, password=password):
        raise RefusedError("That password does not match. Type it again.", field="second_password")
    limits.forget_wrong(limits.asked(request, Door.SIGNING, user.username))
    signing.note_shown(request, "password")
    return SecondPerson(require_may_confirm(user), reason, statement)
