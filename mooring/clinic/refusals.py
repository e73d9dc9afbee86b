"""The audit row of a refusal: who was refused, what it was, whose chart, and why in words.

Never what was typed. The same refusal of the same person is written once a minute at most; how
often it came back in between stands in the next row.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied

from mooring.clinic.audit import chain
from mooring.clinic.audit.models import AuditRow

REFUSED = "refused."
"""Stands before the action or the route in the name of the row."""
A_MINUTE = timedelta(minutes=1)
MOST_KEPT = 10_000

_repeated: dict[tuple[str, ...], int] = {}
_guard = threading.Lock()


def why(refusal: Exception) -> str:
    """What stood against it, in words; a rule only by the field that it names."""
    if isinstance(refusal, PermissionDenied):
        return f"not permitted: {refusal}" if str(refusal) else "not permitted"
    field = getattr(refusal, "field", None)
    return f"a rule stands against it, at {field}" if field else "a rule stands against it"


def note(
    *, actor: str, actor_name: str, what: str, patient: UUID | None, why: str, at: datetime
) -> None:
    """Write the row of one refusal. Call inside a transaction."""
    key = (actor, what, str(patient), why)
    chain.order_writers()
    if newer(actor, what, patient, why, at - A_MINUTE):
        count(key)
        return
    times = _repeated.pop(key, 0)
    again = f"; before this also {times} times within a minute" if times else ""
    chain.append(
        at=at,
        actor=actor,
        actor_name=actor_name,
        action=f"{REFUSED}{what}"[:100],
        subject="refusal",
        subject_id=what,
        patient=patient,
        detail=f"{why}{again}",
    )


def newer(actor: str, what: str, patient: UUID | None, why: str, since: datetime) -> bool:
    """True where the same refusal was written since."""
    rows = AuditRow.objects.filter(action=f"{REFUSED}{what}"[:100], at__gt=since, patient=patient)
    mine = chain.canonical({"actor": actor})[1:-1]
    said = chain.canonical({"detail": why})[1:-2]
    return rows.filter(body__contains=mine).filter(body__contains=said).exists()


def count(key: tuple[str, ...]) -> None:
    """Remember in this process that a refusal came back."""
    with _guard:
        if len(_repeated) >= MOST_KEPT:
            _repeated.clear()
        _repeated[key] = _repeated.get(key, 0) + 1
