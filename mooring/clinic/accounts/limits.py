"""How many wrong passwords, codes and PINs a door takes before it waits.

Three limits stand side by side, so that neither guessing nor locking out pays:

- one account at one place (an address, or a device it is known on): five in a quarter of an hour;
- one address over all accounts: thirty in a quarter of an hour, then one try a minute;
- one account over all places: fifty in a day, then one try a minute; and a hundred since its
  person last signed in, then none (NIST SP 800-63B, 5.2.2: no more than 100 in a row).

The last two never hold a device on which the account is known. The numbers are the clinic's to
choose, but for the hundred.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, cast

from django.conf import settings
from django.db import connection
from django.db.models import Max, QuerySet
from django.http import HttpRequest

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.accounts.models import User
from mooring.clinic.accounts.places import address_of, device_of
from mooring.clinic.accounts.tries import WrongTry

IN_A_ROW = 100
"""NIST SP 800-63B, 5.2.2: the most consecutive failures on a single account."""
SLOW = timedelta(minutes=1)
"""Between two tries once an address or an account has had too many; the clinic's choice."""
DAY = timedelta(days=1)
KEPT = timedelta(days=30)
"""Wrong tries are thrown away after it; what was wrong stays in the audit."""


class Door(StrEnum):
    """Where a secret is asked for. Each counts for itself."""

    SIGN_IN = "sign_in"
    BEDSIDE = "bedside"
    """A locked screen: a wrong PIN there locks nobody's sign-in elsewhere."""
    SIGNING = "signing"
    """The signature under an order, a decision, a session; and a second person's own part."""


@dataclass(frozen=True)
class Asked:
    """Who is asked for at which door, from where."""

    door: Door
    name: str
    """The keyed hash of the account's name."""
    place: str
    known: bool


def asked(request: HttpRequest, door: Door, username: str) -> Asked:
    """What a request asks. Whoever is signed in asks from their session, not from an address.

    A second person who gives their own name there is not known on it.
    """
    user = cast(Any, getattr(request, "user", None))
    if door is not Door.SIGN_IN and user is not None and user.is_authenticated:
        session = f"session:{hashed(str(request.session.session_key))[:32]}"
        return Asked(door, hashed(username), session, known=user.username == username)
    device = device_of(request, username)
    place = f"device:{device}" if device else address_of(request)
    return Asked(door, hashed(username), place, known=device is not None)


def hashed(text: str) -> str:
    """A keyed hash: nobody reads back from the table what was typed as a name."""
    said = text.lower().encode(errors="replace")
    return hmac.new(settings.SECRET_KEY.encode(), b"tries:" + said, "sha256").hexdigest()


def wait(about: Asked, now: datetime, *, user: User | None) -> timedelta | None:
    """How long this door waits before it takes another try; None when it takes one now."""
    clinic = the_clinic()
    pause = timedelta(minutes=clinic.wait_minutes)
    of_account = WrongTry.objects.filter(door=about.door, name=about.name)
    here = of_account.filter(place=about.place, at__gt=now - pause)
    waits = [_until(here, clinic.wrong_at_a_place, pause, now)]
    if not about.known:
        there = WrongTry.objects.filter(door=about.door, place=about.place, at__gt=now - pause)
        far = of_account.filter(known=False)
        since = user.last_login if user is not None else None
        in_a_row = far.filter(at__gt=since) if since else far
        waits += [
            _until(there, clinic.wrong_from_an_address, SLOW, now),
            _until(far.filter(at__gt=now - DAY), clinic.wrong_for_an_account, SLOW, now),
            _until(in_a_row, IN_A_ROW, KEPT, now),
        ]
    return max((one for one in waits if one is not None), default=None)


def _until(
    wrong: QuerySet[WrongTry], most: int, pause: timedelta, now: datetime
) -> timedelta | None:
    """The rest of the pause since the newest of too many, else None."""
    if wrong.count() < most:
        return None
    newest = cast(datetime, wrong.aggregate(newest=Max("at"))["newest"])
    left = newest + pause - now
    return left if left > timedelta(0) else None


def note_wrong(about: Asked, now: datetime) -> None:
    """Count one, and throw away what is old."""
    WrongTry.objects.filter(at__lt=now - KEPT).delete()
    WrongTry.objects.create(
        door=about.door, name=about.name, place=about.place, known=about.known, at=now
    )


def forget_wrong(about: Asked) -> None:
    """The right one was given: what was wrong before it, here, counts no more."""
    WrongTry.objects.filter(door=about.door, name=about.name, place=about.place).delete()


def forgive(username: str) -> None:
    """An owner has made sure who it is: nothing counts any more, at any door."""
    WrongTry.objects.filter(name=hashed(username)).delete()


def wrong_since(username: str, since: datetime) -> int:
    """How many wrong tries to sign in to an account there were."""
    of_account = WrongTry.objects.filter(door=Door.SIGN_IN, name=hashed(username))
    return of_account.filter(at__gt=since).count()


def account(username: str) -> User | None:
    """The account of this name; None when there is none."""
    return User.objects.filter(username=username).first()


def hold_account(user: User) -> None:
    """One try at a time for an account, so that many at once are counted like one after another.

    Within a transaction. SQLite has one writer anyway.
    """
    if connection.vendor != "sqlite":
        list(cast(Any, User.objects.select_for_update().filter(pk=user.pk).values_list("pk")))


def wrong_here(about: Asked) -> int:
    """How many are kept for this account at this place."""
    return WrongTry.objects.filter(door=about.door, name=about.name, place=about.place).count()
