"""The hash chain: h = HMAC-SHA256(key, previous h ‖ sequence ‖ SHA-256(body))."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from mooring.clinic import home
from mooring.clinic.audit.models import AuditRow, WrittenRow
from mooring.clinic.written import Key

if TYPE_CHECKING:
    from mooring.clinic.actions import Actor

GENESIS = "0" * 64
NOTHING: Mapping[Key, str] = MappingProxyType({})
AT_ONCE = 500
"""Rows written to the database in one statement."""
# Any constant will do: it names the one lock that orders the chain's writers on PostgreSQL.
CHAIN_LOCK = 0x4D4F4F52


def link(key: bytes, previous: str, sequence: int, body: str) -> str:
    """The hash that binds one body to its place behind the previous hash."""
    content = hashlib.sha256(body.encode()).hexdigest()
    return hmac.digest(key, f"{previous}|{sequence}|{content}".encode(), "sha256").hex()


def canonical(facts: dict[str, str | None]) -> str:
    """One text for one set of facts, whatever order they were given in."""
    return json.dumps(facts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))


def head() -> tuple[int, str]:
    """The last sequence number and hash; (0, GENESIS) for an empty chain."""
    last = AuditRow.objects.order_by("-sequence").values_list("sequence", "hash").first()
    return last or (0, GENESIS)


def append(
    *,
    at: datetime,
    actor: str,
    actor_name: str,
    action: str,
    subject: str,
    subject_id: str,
    patient: UUID | None,
    digest: str = "",
    detail: str = "",
    written: Mapping[Key, str] = NOTHING,
) -> AuditRow:
    """Write one audit row. Call inside the transaction that makes the change it is about.

    `written` are the digests of the rows that the change wrote; the body is bound to all of them.
    """
    order_writers()
    sequence, previous = head()
    facts = {
        "at": at.isoformat(),
        "actor": actor,
        "actor_name": actor_name,
        "action": action,
        "subject": subject,
        "subject_id": subject_id,
        "patient": str(patient) if patient else None,
        "digest": digest,
        "detail": detail,
    }
    if written:
        facts["rows"] = keep(sequence + 1, written)
    body = canonical(facts)
    return AuditRow.objects.create(
        sequence=sequence + 1,
        body=body,
        hash=link(home.key("audit.key"), previous, sequence + 1, body),
        at=at,
        actor_name=actor_name,
        action=action,
        patient=patient,
    )


def tell(
    by: Actor,
    action: str,
    now: datetime,
    *,
    subject: str = "",
    subject_id: str = "",
    patient: UUID | None = None,
    detail: str = "",
    written: Mapping[Key, str] = NOTHING,
) -> AuditRow:
    """Write what somebody did that is no action on a row. Call inside a transaction."""
    return append(
        at=now.astimezone(UTC),
        actor=by.key,
        actor_name=by.name,
        action=action,
        subject=subject,
        subject_id=subject_id,
        patient=patient,
        detail=detail,
        written=written,
    )


def keep(sequence: int, written: Mapping[Key, str]) -> str:
    """Keep the digests of what a change wrote; what the body says of all of them together."""
    rows = [
        WrittenRow(sequence=sequence, table=table, row=key, digest=digest)
        for (table, key), digest in written.items()
    ]
    WrittenRow.objects.bulk_create(rows, batch_size=AT_ONCE)
    return bound(f"{row.table} {row.row} {row.digest}" for row in rows)


def bound(lines: Iterable[str]) -> str:
    """SHA-256 over the digests of one change, in whatever order they are given.

    A line names the table, the row's key and its digest.
    """
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()


def order_writers() -> None:
    """On PostgreSQL take the chain's lock; SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
