"""Do the tables hold what the audit says was written? Compares each row with its last digest.

Rows and digests are read side by side in the order of their keys, so that memory does not grow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import cast
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import QuerySet

from mooring.clinic.actions import Actor, writing
from mooring.clinic.audit import chain
from mooring.clinic.audit.models import AuditRow, WrittenRow
from mooring.clinic.people.models import Patient
from mooring.clinic.rows import Row
from mooring.clinic.written import DELETED, Key

AT_ONCE = 2000
"""Rows held in memory at a time."""
TAKEN_OVER = "audit.rows_taken_over"


@dataclass(frozen=True)
class Difference:
    """A row that is not as the audit left it."""

    table: str
    """The model's label."""
    row: UUID
    what: str
    """changed, deleted or added."""
    sequence: int | None
    """The audit row that wrote it last; None for a row that no action wrote."""

    def in_words(self, database: str) -> str:
        """For example "The blood pressure … of record H-1 was changed: …", with who wrote it."""
        name = f"{apps.get_model(self.table)._meta.verbose_name} {self.row}"
        if self.sequence is None:
            return f"{name} was added: no action wrote it."
        wrote = AuditRow.objects.using(database).get(sequence=self.sequence)
        charts = Patient.objects.using(database)
        whose = charts.filter(pk=wrote.patient).first() if wrote.patient else None
        of = f" of record {whose.identifier}" if whose else ""
        return (
            f"{name}{of} was {self.what} after {wrote.actor_name} wrote it on"
            f" {wrote.at:%-d %b %Y, %H:%M} UTC (row {self.sequence} of the audit)."
        )


def differences(database: str) -> Iterator[Difference]:
    """Every row that was changed, deleted or added past the actions, table by table.

    The clinic may be at work meanwhile: what seems to differ is read once more, by itself.
    """
    for model in tables():
        yield from _settled(model, database)


def differences_of(table: str, database: str) -> list[Difference]:
    """The same of one table, named by its label."""
    return list(_settled(cast(type[Row], apps.get_model(table)), database))


def _settled(model: type[Row], database: str) -> Iterator[Difference]:
    for found in _of_table(model, database):
        yield from _again(model, found.row, database)


def tables() -> list[type[Row]]:
    """Every table whose rows are written by actions, by its label."""
    found = (model for model in apps.get_models() if issubclass(model, Row))
    return sorted(found, key=lambda model: model._meta.label)


def _of_table(model: type[Row], database: str) -> Iterator[Difference]:
    rows = model._base_manager.using(database).order_by("pk").iterator(AT_ONCE)
    kept = WrittenRow.objects.using(database).filter(table=model._meta.label)
    yield from _beside(model._meta.label, rows, _last(kept.order_by("row", "sequence")))


def _again(model: type[Row], key: UUID, database: str) -> Iterator[Difference]:
    """The same of one row, both sides read at one moment: no action commits between them."""
    table = model._meta.label
    with transaction.atomic(using=database):
        chain.order_writers()
        rows = list(model._base_manager.using(database).filter(pk=key))
        kept = WrittenRow.objects.using(database).filter(table=table, row=key)
        lines = list(_last(kept.order_by("sequence")))
    yield from _beside(table, iter(rows), iter(lines))


def _last(kept: QuerySet[WrittenRow]) -> Iterator[WrittenRow]:
    """Of each row what was written last. `kept` is in the order of rows, and within one of time."""
    for _, of_one in groupby(kept.iterator(AT_ONCE), key=lambda line: line.row):
        *_, last = of_one
        yield last


def _beside(table: str, rows: Iterator[Row], lines: Iterator[WrittenRow]) -> Iterator[Difference]:
    """Both in the order of keys, side by side."""
    row = next(rows, None)
    for line in lines:
        while row is not None and row.pk < line.row:
            yield Difference(table, row.pk, "added", None)
            row = next(rows, None)
        if row is None or row.pk > line.row:
            if line.digest != DELETED:
                yield Difference(table, line.row, "deleted", line.sequence)
            continue
        if row.digest() != line.digest:
            yield Difference(table, line.row, "changed", line.sequence)
        row = next(rows, None)
    while row is not None:
        yield Difference(table, row.pk, "added", None)
        row = next(rows, None)


def take_over(by: Actor, now: datetime) -> None:
    """Once: keep the digests of rows that an earlier version wrote, as they stand now.

    Nothing is known of what befell them before; the audit says from when on they are watched.
    """
    with writing():
        if AuditRow.objects.filter(action=TAKEN_OVER).exists() or WrittenRow.objects.exists():
            return
        standing = dict(_standing())
        if not standing:
            return
        chain.tell(
            by,
            TAKEN_OVER,
            now,
            subject="audit.WrittenRow",
            detail=f"{len(standing)} rows of before are compared with the audit from now on.",
            written=standing,
        )


def _standing() -> Iterable[tuple[Key, str]]:
    for model in tables():
        for row in model._base_manager.order_by("pk").iterator(AT_ONCE):
            yield (model._meta.label, row.pk), row.digest()
