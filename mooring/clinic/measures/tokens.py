"""Personal links: 32 random bytes, of which the database keeps only the SHA-256."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from mooring.clinic.measures.models import Assignment

TOKEN_BYTES = 32


def new_token() -> str:
    """A token nobody can guess, as it stands in the link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hashed(token: str) -> str:
    """What is stored of a token. Takes any text a browser may send."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def find(token: str) -> Assignment | None:
    """The assignment this token opens; None when it opens nothing.

    The search runs on the hash, which nobody without the token can steer, and the comparison
    takes the same time wherever two hashes differ.
    """
    wanted = hashed(token)
    found = (
        Assignment.objects.select_related("patient", "course__prescriber", "response")
        .filter(token_hash=wanted)
        .first()
    )
    return found if found and hmac.compare_digest(found.token_hash, wanted) else None
