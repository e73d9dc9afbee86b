"""Where a request comes from: its address, and whether an account is known on its device.

A device that somebody has signed in on keeps a signed cookie. Wrong tries from elsewhere then
close the door elsewhere only: they lock nobody out at a device of their own (OWASP, "Slow Down
Online Guessing Attacks with Device Cookies").
"""

from __future__ import annotations

import ipaddress
import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from mooring.clinic.accounts.models import User

COOKIE = f"{settings.COOKIE_PREFIX}mooring_device"
SALT = "mooring.known_device"
KEEPS = 180 * 24 * 60 * 60
"""Seconds that a device stays known without a sign-in; the clinic's choice."""
MOST_ACCOUNTS = 40
"""A ward's tablet knows a shift's people; the cookie stays below the 4 KB that browsers keep."""
NETWORK = 64
"""Bits of an IPv6 address that one household or office holds: its hosts count as one place."""


def address_of(request: HttpRequest) -> str:
    """The address that a request came from, as the server says it.

    uvicorn has put what a named proxy says into REMOTE_ADDR (MOORING_PROXIES), and nobody else's
    word. Of an IPv6 address the network is kept.
    """
    said = str(request.META.get("REMOTE_ADDR", ""))
    try:
        address = ipaddress.ip_address(said)
    except ValueError:
        return said[:60]
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    mapped = address.ipv4_mapped
    if mapped is not None:
        return str(mapped)
    return str(ipaddress.ip_network((address, NETWORK), strict=False))


def device_of(request: HttpRequest, username: str) -> str | None:
    """The device's own name where this account was signed in to on it before, else None."""
    device, accounts = _read(request)
    return device if _mark(username, device) in accounts else None


def _mark(username: str, device: str) -> str:
    """What the cookie says of an account: not its name, and nothing on another device."""
    return signing.Signer(salt=SALT).signature(f"{device}:{username.lower()}")[:16]


def _read(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEEPS)
        device, accounts = str(kept["device"]), [str(one) for one in kept["accounts"]]
    except (signing.BadSignature, KeyError, TypeError):
        return secrets.token_hex(12), []
    return device, accounts


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Let the device know that this person has signed in on it."""
    device, accounts = _read(request)
    mark = _mark(user.username, device)
    kept = [*(one for one in accounts if one != mark), mark][-MOST_ACCOUNTS:]
    response.set_cookie(
        COOKIE,
        signing.dumps({"device": device, "accounts": kept}, salt=SALT),
        max_age=KEEPS,
        secure=settings.BEHIND_TLS,
        httponly=True,
        samesite="Lax",
    )
