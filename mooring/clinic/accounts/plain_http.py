"""Pages that travel unencrypted to another machine say so."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def is_loopback(name: str) -> bool:
    """True for this machine itself, by name or address."""
    bare = name.strip().strip("[]")
    if bare.lower() in ("localhost", "") or bare.lower().endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(bare).is_loopback
    except ValueError:
        return False


def travels_plain(request: HttpRequest) -> bool:
    """True when anyone on the way can read this page and change it."""
    if settings.BEHIND_TLS or request.is_secure():
        return False
    return not is_loopback(str(request.META.get("REMOTE_ADDR", "")))
