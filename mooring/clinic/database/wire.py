"""The wire to a PostgreSQL on another machine is encrypted, unless its address says otherwise."""

from __future__ import annotations

import ipaddress
import os
from urllib.parse import unquote, urlsplit

ADDRESSES = ("DATABASE_URL", "MOORING_OWNER_DATABASE_URL")


def encrypt_to_other_machines() -> None:
    """Make libpq insist on TLS where an address names another machine.

    By PGSSLMODE, so that PostgreSQL's own tools started from here follow it too; what PGSSLMODE
    says already, and an `sslmode` in the address itself, stand above it. libpq's own default would
    fall back to plain text.
    """
    if any(elsewhere(os.environ.get(name, "")) for name in ADDRESSES):
        os.environ.setdefault("PGSSLMODE", "require")


def elsewhere(address: str) -> bool:
    """True for a PostgreSQL that is reached over a network: no socket, not this machine."""
    host = urlsplit(address).hostname if address.startswith("postgres") else None
    if host is None or host == "localhost" or unquote(host).startswith("/"):
        return False
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return True
