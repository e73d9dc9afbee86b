"""The doors of the web application: every view says who may open it.

A view says `@allow("order.sign")`, `@signed_in("why")` or `@public("why")`. Views that come with
a library stand in THIRD_PARTY. A route that says nothing is closed, and fails the suite. A door
through which a chart is reached opens that chart in the audit (`openings.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from mooring.clinic import openings
from mooring.clinic.permissions import PERMISSIONS, allowed
from mooring.clinic.restricted import hiding

View = Callable[..., HttpResponseBase]


def allow(permission: str) -> Callable[[View], View]:
    """Let only signed-in people with this permission open the view; others are told so (403)."""
    if permission not in PERMISSIONS:
        raise KeyError(f"{permission} is not in mooring.clinic.permissions.PERMISSIONS")

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            user = cast(Any, request.user)
            if not user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            require(request, permission)
            with hiding.closed(openings.closed_to(request, permission)):
                shut = openings.enter(request, permission, kwargs)
                return shut or view(request, *args, **kwargs)

        cast(Any, guarded).permission = permission
        return guarded

    return declare


def public(reason: str) -> Callable[[View], View]:
    """Declare a view open to anyone, and say why that is right."""

    def declare(view: View) -> View:
        cast(Any, view).public = reason
        return view

    return declare


def signed_in(reason: str) -> Callable[[View], View]:
    """Declare a view open to everyone who is signed in, whatever their roles, and say why."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not cast(Any, request.user).is_authenticated:
                return redirect_to_login(request.get_full_path())
            return view(request, *args, **kwargs)

        cast(Any, guarded).signed_in = reason
        return guarded

    return declare


@dataclass(frozen=True)
class Door:
    """What a library's view is open to: a permission, everyone, or nobody; and why."""

    permission: str | None = None
    public: str | None = None
    closed: str | None = None


_NO_MAIL = Door(closed="accounts carry no e-mail address; an owner sets a new password")
_NO_SIGN_UP = Door(closed="the clinic makes the accounts")
_OWN_FACTOR = Door(permission="home.view")

THIRD_PARTY: dict[str, Door] = {
    "account_login": Door(public="the sign-in page"),
    "account_logout": Door(public="signing out must always work"),
    "account_inactive": Door(public="tells a closed account that it is closed"),
    "account_reauthenticate": Door(permission="home.view"),
    "account_change_password": Door(permission="home.view"),
    "account_set_password": Door(closed="every account has a password from the start"),
    "account_signup": _NO_SIGN_UP,
    "account_email": _NO_MAIL,
    "account_email_verification_sent": _NO_MAIL,
    "account_confirm_email": _NO_MAIL,
    "account_confirm_login_code": _NO_MAIL,
    "account_reset_password": _NO_MAIL,
    "account_reset_password_done": _NO_MAIL,
    "account_reset_password_from_key": _NO_MAIL,
    "account_reset_password_from_key_done": _NO_MAIL,
    "mfa_authenticate": Door(public="the second step of signing in; needs the first"),
    "mfa_login_webauthn": Door(public="signing in with a passkey"),
    "mfa_index": _OWN_FACTOR,
    "mfa_reauthenticate": _OWN_FACTOR,
    "mfa_activate_totp": _OWN_FACTOR,
    "mfa_deactivate_totp": _OWN_FACTOR,
    "mfa_view_recovery_codes": _OWN_FACTOR,
    "mfa_generate_recovery_codes": _OWN_FACTOR,
    "mfa_download_recovery_codes": _OWN_FACTOR,
    "mfa_list_webauthn": _OWN_FACTOR,
    "mfa_add_webauthn": _OWN_FACTOR,
    "mfa_edit_webauthn": _OWN_FACTOR,
    "mfa_remove_webauthn": _OWN_FACTOR,
    "mfa_reauthenticate_webauthn": _OWN_FACTOR,
}


def declared(view: Any) -> bool:
    """True when a view of our own says who may open it."""
    return any(hasattr(view, name) for name in ("permission", "public", "signed_in"))


class DoorMiddleware(MiddlewareMixin):
    """Holds a library's views to THIRD_PARTY, and closes every view that declares nothing."""

    def process_view(self, request: HttpRequest, view: Any, *_: Any) -> HttpResponse | None:
        """None lets the view answer."""
        if declared(view):
            return None
        name = request.resolver_match.url_name if request.resolver_match else None
        door = THIRD_PARTY.get(name or "", Door(closed="not declared"))
        if door.closed:
            raise Http404(door.closed)
        if door.permission and cast(Any, request.user).is_authenticated:
            require(request, door.permission)
        return None


def require(request: HttpRequest, permission: str) -> None:
    """Raise PermissionDenied unless the signed-in person holds the permission."""
    if not allowed(cast(Any, request.user).roles, permission):
        raise PermissionDenied(permission)
