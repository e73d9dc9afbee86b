"""The base of every clinical table: a time-ordered key, and what the audit says about a row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

import uuid_utils.compat
from django.db import models

from mooring.clinic import written


def new_id() -> UUID:
    """A UUIDv7: unique, and in the order of its making."""
    return uuid_utils.compat.uuid7()


R = TypeVar("R", bound="Row")


class Rows(models.QuerySet[R]):
    """Rows written many at a time: they announce themselves as a single one does."""

    def bulk_create(self, objs: Iterable[R], *args: Any, **kwargs: Any) -> list[R]:
        """Write them, and tell the action that runs."""
        made = super().bulk_create(objs, *args, **kwargs)
        for row in made:
            row.announce()
        return made

    def update(self, **kwargs: Any) -> int:
        """Change them, and tell the action that runs what stands in each now."""
        keys = list(self.values_list("pk", flat=True)) if written.listening() else []
        changed = super().update(**kwargs)
        for row in self.model._base_manager.filter(pk__in=keys):
            row.announce()
        return changed

    def delete(self) -> tuple[int, dict[str, int]]:
        """Delete them, and tell the action that runs."""
        gone = list(self) if written.listening() else []
        counted = super().delete()
        for row in gone:
            written.note(row._meta.label, row.pk, written.DELETED)
        return counted


RowManager = models.Manager.from_queryset(Rows)


class Row(models.Model):
    """A clinical row. Its key is no counter, so that no address tells how many there are."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    objects = RowManager()
    undigested: frozenset[str] = frozenset()
    """Columns that change without an action, and so say nothing of one."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row, and tell the action that runs."""
        super().save(*args, **kwargs)
        self.announce()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the row, and tell the action that runs."""
        key = self.pk
        counted = super().delete(*args, **kwargs)
        written.note(self._meta.label, key, written.DELETED)
        return counted

    @property
    def patient_key(self) -> UUID | None:
        """The patient whose chart this row belongs to; None for rows about nobody."""
        return getattr(self, "patient_id", None)

    def announce(self) -> None:
        """Tell the action that runs what stands in this row."""
        if written.listening():
            written.note(self._meta.label, self.pk, self.digest())

    def digest(self) -> str:
        """SHA-256 over the row's own columns, so that the audit can tell a changed row.

        Columns that hold nothing, or what they hold when nobody says otherwise, are left out: so
        a column that a later version adds changes no digest of what was written before it.
        """
        values = {
            field.attname: canonical(field.to_python(field.value_from_object(self)), field)
            for field in self._meta.concrete_fields
            if field.attname not in self.undigested and not _empty(field, self)
        }
        text = json.dumps(values, sort_keys=True, ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()


def _empty(field: models.Field[Any, Any], row: Row) -> bool:
    value = field.value_from_object(row)
    unsaid = field.has_default() and not callable(field.default) and value == field.default
    return unsaid or value is None or value in ("", [], {})


def canonical(value: Any, field: models.Field[Any, Any]) -> str:
    """One text for one value, the same before it is stored and after any database gives it back."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(field, models.DecimalField):
        places = Decimal(1).scaleb(-field.decimal_places)
        return f"{Decimal(value).quantize(places).normalize():f}"
    if isinstance(field, models.BinaryField):
        return hashlib.sha256(value).hexdigest()
    if isinstance(field, models.JSONField):
        return json.dumps(value, sort_keys=True, ensure_ascii=True, cls=field.encoder)
    return str(value)
