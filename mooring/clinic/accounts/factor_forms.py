"""One-time and recovery codes: counted like passwords, and each used once over all workers."""

from __future__ import annotations

import time
from typing import Any, cast

from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django import forms
from django.conf import settings
from django.contrib.auth import signals
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from mooring.clinic.accounts import limits, sign_ins
from mooring.clinic.accounts.guard import at_door, closed_for
from mooring.clinic.accounts.limits import Door
from mooring.clinic.accounts.tries import UsedCode
from mooring.clinic.actions import writing

PERIOD = 30
"""Seconds of a code (RFC 6238, 4.1)."""
KEPT_STEPS = 2 * (settings.MFA_TOTP_TOLERANCE + 1)
"""Half-minutes for which a used code is remembered: longer than it would be taken for."""
TYPED = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)


class CountedCode:
    """The part of allauth's forms that judges a code, in place of its own."""

    user: Any
    cleaned_data: dict[str, Any]
    authenticator: Authenticator

    def clean_code(self) -> str:
        """The code, when it is one of this person's and was not used before."""
        said = str(self.cleaned_data["code"])
        found = self.judged(cast(HttpRequest, context.request), said)
        if found is None:
            raise get_adapter().validation_error("incorrect_code")
        found.user = self.user
        self.authenticator = found
        return said

    def judged(self, request: HttpRequest, said: str) -> Authenticator | None:
        """The factor that the code belongs to; None is counted, audited, and may close the door.

        One try at a time for an account: many at once are counted like one after another.
        """
        name = self.user.username
        with writing():
            limits.hold_account(self.user)
            closed = closed_for(request, name) is not None
            found = None if closed else factor_of(self.user, said)
            if found is None:
                refused(request, name)
        return found


def refused(request: HttpRequest, username: str) -> None:
    """Let everybody who listens know that something did not match: the audit and the guard."""
    signals.user_login_failed.send(
        sender=__name__, credentials={"username": username}, request=request
    )


class CountedAuthenticateForm(CountedCode, AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class CountedReauthenticateForm(CountedCode, ReauthenticateForm):  # type: ignore[misc]
    """A code from somebody who is signed in, to show that it is them."""


def factor_of(user: Any, said: str) -> Authenticator | None:
    """The app or the list of recovery codes that this code belongs to; it counts as used now."""
    for factor in Authenticator.objects.filter(user=user, type__in=TYPED):
        if factor.type == Authenticator.Type.TOTP:
            right = is_unused_code(factor, said, time.time())
        else:
            right = factor.wrap().validate_code(said)
        if right:
            return factor
    return None


def is_unused_code(factor: Authenticator, said: str, at: float) -> bool:
    """True for the code of this half-minute or one beside it, once.

    The table's constraint decides between two workers that get one code at the same moment.
    """
    secret = decrypt(factor.data["secret"])
    now = int(at) // PERIOD
    for step in range(now - settings.MFA_TOTP_TOLERANCE, now + settings.MFA_TOTP_TOLERANCE + 1):
        if compare_user_code(actual=said, expected=format_hotp_value(hotp_value(secret, step))):
            return use(factor, step, now)
    return False


def use(factor: Authenticator, step: int, now: int) -> bool:
    """Write down that a half-minute's code is used; False when it was before."""
    UsedCode.objects.filter(step__lt=now - KEPT_STEPS).delete()
    try:
        with transaction.atomic():
            UsedCode.objects.create(user_id=factor.user_id, step=step)
    except IntegrityError:
        return False
    return True


class CountedChangePasswordForm(ChangePasswordForm):  # type: ignore[misc]
    """One's own password: guessing the old one is counted too, and it ends the other sign-ins."""

    def clean(self) -> dict[str, Any]:
        """A given password is known to whoever gave it: the new one is another."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        new = cleaned.get("password1")
        if new and new == cleaned.get("oldpassword"):
            self.add_error("password1", "Choose another one than you have now.")
        return cleaned

    def save(self) -> None:
        """Keep it."""
        request = cast(HttpRequest, context.request)
        self.user.must_change_password = False
        super().save()
        self.user.save(update_fields=["must_change_password"])
        sign_ins.end(self.user.pk, timezone.now(), but=request.session.get(sign_ins.KEY))

    def clean_oldpassword(self) -> str:
        """The password as it is now."""
        request = cast(HttpRequest, context.request)
        at_door(request, Door.SIGNING)
        name, said = self.user.username, str(self.cleaned_data.get("oldpassword"))
        if closed_for(request, name) is not None or not self.user.check_password(said):
            refused(request, name)
            raise forms.ValidationError("That is not your password now. Type it again.")
        limits.forget_wrong(limits.asked(request, Door.SIGNING, name))
        return said
