"""What an owner did to somebody's sign-in: told to its person, and on what they sign for a week.

An owner who sets another person's password, or forgets their second step, could sign as them. So
it is never done quietly: the person reads it when they come in next, and whoever reads what was
signed in the week after reads it beside the signature.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from mooring.clinic.accounts.models import SignInReset, User

KEY = "reset_told"
SHOWN_FOR = timedelta(days=7)
"""Beside what the person signs."""
WORDS = {"password": "Password set anew", "second_step": "Second step forgotten"}


def of(user: User) -> QuerySet[SignInReset]:
    """All of a person's, the newest first."""
    return SignInReset.objects.filter(user=user).order_by("-at")


def note(signer: User | None, signed_at: datetime | None) -> str:
    """What stands beside a signature; empty where nothing was reset in the week before it."""
    if signer is None or signed_at is None:
        return ""
    rows = SignInReset.objects.filter(
        user=signer, at__lte=signed_at, at__gt=signed_at - SHOWN_FOR
    ).order_by("-at")
    newest = rows.first()
    return "" if newest is None else f"Sign-in was reset {newest.by_whom}, {on(newest.at)}."


def on(moment: datetime) -> str:
    """The day and minute on the clinic's clock."""
    local = timezone.localtime(moment)
    return f"{local:%-d %b %Y, %H:%M}"


def tell(request: HttpRequest, user: User) -> None:
    """At sign-in: keep for every page what the person has not said they read."""
    unread = of(user).filter(read_at=None)
    told = [f"{WORDS[row.what]} {row.by_whom} on {on(row.at)}." for row in unread]
    if told:
        request.session[KEY] = told
