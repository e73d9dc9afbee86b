"""The base of every clinical table: a time-ordered key, and what the audit says about a row."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import uuid_utils.compat
from django.db import models


def new_id() -> UUID:
    """A UUIDv7: unique, and in the order of its making."""
    return uuid_utils.compat.uuid7()


class Row(models.Model):
    """A clinical row. Its key is no counter, so that no address tells how many there are."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True

    @property
    def patient_key(self) -> UUID | None:
        """The patient whose chart this row belongs to; None for rows about nobody."""
        return getattr(self, "patient_id", None)

    def digest(self) -> str:
        """SHA-256 over the row's own columns, so that the audit can tell a changed row."""
        values = {
            field.attname: canonical(field.value_from_object(self))
            for field in self._meta.concrete_fields
        }
        text = json.dumps(values, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: Any) -> str:
    """One text for one value, the same before it is stored and after any database gives it back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True, ensure_ascii=True)
    return str(value)
