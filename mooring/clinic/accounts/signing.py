"""Who signs shows that it is them: with a PIN, the password or a passkey, as the clinic chooses.

Signing in and opening a locked screen show it too, and it holds for a few minutes. An action that
signs (`permissions.SIGNED`) asks for it by itself, so that no page can forget to.
"""

from __future__ import annotations

import time
from typing import Any, cast

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.flows import auth as passkeys
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import url_has_allowed_host_and_scheme

from mooring.clinic.accounts import limits
from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.accounts.guard import at_door, closed_for
from mooring.clinic.accounts.limits import Door
from mooring.clinic.accounts.models import BedsidePin, User
from mooring.clinic.accounts.pin_backend import note_wrong_pin, pin_closed
from mooring.clinic.accounts.pins import LENGTH
from mooring.clinic.actions import UnprovenError

KEY = "shown"
SIGN_IN = "sign-in"
SECRET, CREDENTIAL = "sign_secret", "sign_credential"
NOT_CARRIED = ("csrfmiddlewaretoken", "sign_what", SECRET, CREDENTIAL)
SECOND_STEP = {"totp": "one-time code", "webauthn": "passkey", "recovery_codes": "recovery code"}
WHAT = {
    "order.sign": "the order",
    "screening.decide": "the decision",
    "prescription.sign": "the prescription",
    "session.sign": "that the patient may leave",
    "suicidality.open": "what opens it",
}
"""What is signed, as it stands behind "Sign"."""


def note_shown(request: HttpRequest, how: str) -> None:
    """Keep that the person who is signed in has just shown that it is them, and how."""
    request.session[KEY] = {"how": how, "at": time.time()}
    cast(Any, request).mooring_shown = how


def shown(request: HttpRequest) -> str:
    """How they last showed it, for example "PIN"; empty when that is too long ago."""
    now: str | None = getattr(request, "mooring_shown", None)
    kept = request.session.get(KEY)
    if now is None and kept and time.time() - kept["at"] < the_clinic().sign_minutes * 60:
        now = str(kept["how"])
    return at_sign_in(request) if now == SIGN_IN else now or ""


def at_sign_in(request: HttpRequest) -> str:
    """What signing in took, for example "sign-in: password, one-time code"."""
    used = request.session.get("account_authentication_methods", [])
    words = [SECOND_STEP.get(each.get("type"), each.get("method", "")) for each in used]
    return f"{SIGN_IN}: {', '.join(words)}" if words else SIGN_IN


def ways(user: User) -> dict[str, bool]:
    """By what this person can sign here: what the clinic takes, as far as they have it."""
    clinic = the_clinic()
    keys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return {
        "pin": clinic.sign_with_pin and BedsidePin.objects.filter(user=user).exists(),
        "password": clinic.sign_with_password,
        "passkey": clinic.sign_with_passkey and keys.exists(),
    }


def judged(request: HttpRequest) -> str:
    """Why what was given does not show who it is, as a sentence; empty when it does."""
    user, can = cast(User, request.user), ways(cast(User, request.user))
    at_door(request, Door.SIGNING)
    said = request.POST.get(SECRET, "")
    if request.POST.get(CREDENTIAL) and can["passkey"]:
        how, right = "passkey", is_passkey(request, user)
    elif can["pin"] and ((len(said) == LENGTH and said.isdecimal()) or not can["password"]):
        how, right = "PIN", matches(request, user, pin_secret=said)
        if not right:
            note_wrong_pin(request)
    elif can["password"]:
        how, right = "password", matches(request, user, password=said)
    else:
        return "Give what this clinic signs with."
    if right:
        limits.forget_wrong(limits.asked(request, Door.SIGNING, user.username))
        note_shown(request, how)
        return ""
    return why_not(request, user, how)


def matches(request: HttpRequest, user: User, **secret: str) -> bool:
    """True when the secret is this person's. A wrong one is counted and audited."""
    found = authenticate(request, username=user.username, **secret)
    # The guard would answer with a page of its own, and what was typed would be gone.
    cast(Any, request).axes_locked_out = False
    return found is not None and found.pk == user.pk


def is_passkey(request: HttpRequest, user: User) -> bool:
    """True when the browser answered with a passkey of this person's."""
    form = AuthenticateWebAuthnForm(user=user, data={"credential": request.POST[CREDENTIAL]})
    return bool(form.is_valid())


def why_not(request: HttpRequest, user: User, how: str) -> str:
    """What to do now."""
    if closed_for(request, user.username) is not None:
        minutes = the_clinic().wait_minutes
        return f"It was wrong too often. Wait {minutes} minutes, or ask a colleague to sign."
    if how == "PIN" and pin_closed(request):
        return "The PIN was wrong three times. Give the password."
    return f"That {how} does not match. Try again."


class SigningMiddleware(MiddlewareMixin):
    """Asks whoever signs to show that it is them, and carries what they typed along."""

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Judge what was given to sign with; None lets the view go on."""
        given = request.POST.get(SECRET) or request.POST.get(CREDENTIAL)
        if request.method != "POST" or not given or not request.user.is_authenticated:
            return None
        refusal = judged(request)
        if not refusal:
            return None
        return asks(request, request.POST.get("sign_what", ""), refusal)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Ask, where an action that signs was not shown who it is."""
        if not isinstance(problem, UnprovenError):
            return None
        return asks(request, WHAT[problem.permission], "")


def asks(request: HttpRequest, what: str, refusal: str) -> HttpResponse:
    """The page, or for a bedside's own request the answer, that asks to show who signs."""
    user = cast(User, request.user)
    if request.content_type == "application/json" or request.headers.get("X-Mooring-By"):
        said = refusal or "Show that it is you who signs."
        return JsonResponse({"reasons": [said], "prove": True}, status=409)
    can = ways(user)
    facts = {
        "what": what if what in WHAT.values() else "",
        "refusal": refusal,
        "ways": can,
        "carried": carried(request),
        "back": back(request),
        "minutes": the_clinic().sign_minutes,
    }
    if can["passkey"]:
        facts["js_data"] = {"request_options": passkeys.begin_authentication(user)}
    return render(request, "accounts/sign.html", facts, status=422)


def carried(request: HttpRequest) -> list[tuple[str, str]]:
    """What was typed, to be sent again; never a secret, and no token of the form's."""
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if "password" not in name and name not in NOT_CARRIED
        for value in values
    ]


def back(request: HttpRequest) -> str:
    """The page that the form stood on, where it was one of ours."""
    came = request.headers.get("Referer", "")
    own = url_has_allowed_host_and_scheme(came, {request.get_host()}, request.is_secure())
    return came if own else "/"
