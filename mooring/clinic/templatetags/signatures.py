"""What stands beside a signature."""

from __future__ import annotations

from datetime import datetime

from django import template

from mooring.clinic.accounts import resets
from mooring.clinic.accounts.models import User

register = template.Library()


@register.inclusion_tag("accounts/reset_note.html")
def reset_note(signer: User | None, signed_at: datetime | None) -> dict[str, str]:
    """That the signer's sign-in was reset in the week before, by whom and when; else nothing."""
    return {"note": resets.note(signer, signed_at)}
