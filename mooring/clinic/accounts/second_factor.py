"""Staff of a real clinic sign in with a second factor: a one-time code or a passkey."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.accounts.idle import OPEN_WHILE_LOCKED, route
from mooring.clinic.permissions import STAFF

SETTING_UP = OPEN_WHILE_LOCKED | {
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "touch",
}
"""The routes that are open to staff before they have a second factor."""
REAL_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
"""Recovery codes alone are no factor: they are for the day the factor is lost."""


class SecondFactorMiddleware(MiddlewareMixin):
    """Sends staff without a second factor to the page where they set one up."""

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """None lets the view answer."""
        if route(request) in SETTING_UP or not owes_factor(request.user):
            return None
        return redirect("mfa_index")


def owes_factor(user: Any) -> bool:
    """True for staff of a real clinic who have not set up a second factor."""
    if not user.is_authenticated or the_clinic().demonstration or STAFF.isdisjoint(user.roles):
        return False
    return not is_mfa_enabled(user, REAL_FACTORS)
