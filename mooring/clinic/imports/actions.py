"""The one write of an import: the file, its patient, the chart's rows, and what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any

from django.db.models import Q, QuerySet

from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.imports.models import ImportBatch, KeptResource, pack
from mooring.clinic.people.models import Patient, RecordRow

_AT_ONCE = 500


@dataclass(frozen=True)
class Kept:
    """A resource that is in no row of the chart, or only in part."""

    position: int
    resource_type: str
    resource_id: str
    reason: str
    subject: str = ""
    value: str = ""
    dated: date | None = None
    concern: str = ""


@dataclass(frozen=True)
class Received:
    """A file that was checked and read: unsaved rows, ready to be written together."""

    file_name: str
    sha256: str
    content: bytes
    """JSON in UTF-8."""
    patient: Patient
    rows: tuple[RecordRow, ...]
    kept: tuple[Kept, ...]
    counts: dict[str, Any]
    text_of: Callable[[int], str]
    """The JSON of a resource as received, by its position."""
    incomplete: str = ""
    """Why the file is not the whole record, in words; empty where nothing says so."""
    came: tuple[Kept, ...] = ()
    """The resource that each of `rows` came from, in the same order."""


@action("record.import")
def keep_bundle(by: Actor, received: Received, *, now: datetime) -> ImportBatch:
    """Write what was received, all of it. Refuses a file or a patient that is here already."""
    _refuse_twice(received)
    received.patient.save(force_insert=True)
    _save_rows(received)
    return keep_file(by, received, received.patient, received.counts, received.kept, now)


def keep_file(
    by: Actor,
    received: Received,
    patient: Patient,
    counts: dict[str, Any],
    kept: Iterable[Kept],
    now: datetime,
) -> ImportBatch:
    """Write the file and what is kept beside the chart; called within an action."""
    batch = ImportBatch.objects.create(
        patient=patient,
        file_name=received.file_name,
        sha256=received.sha256,
        packed=pack(received.content),
        counts=counts,
        incomplete=received.incomplete,
        imported_at=now,
        imported_by=by.name,
    )
    lines = iter(kept)
    # A large file keeps tens of thousands of resources: a few hundred are in memory at a time.
    while several := list(islice(lines, _AT_ONCE)):
        KeptResource.objects.bulk_create(
            KeptResource(
                batch=batch, patient=patient, content=received.text_of(line.position), **vars(line)
            )
            for line in several
        )
    return batch


def refuse_known_file(received: Received) -> None:
    """Refuse a file that is in a chart already."""
    earlier = ImportBatch.objects.filter(sha256=received.sha256).first()
    if earlier is not None:
        raise RefusedError(
            f"This file was imported already, as {earlier.file_name} on"
            f" {earlier.imported_at:%-d %b %Y}; its contents are in the chart."
        )


def _refuse_twice(received: Received) -> None:
    refuse_known_file(received)
    if same_number(received.patient).exists():
        raise RefusedError(
            f"A patient with the identifier {received.patient.identifier} is here already."
            " Nothing was imported: send the file again, and it waits to be compared."
        )


def same_number(patient: Patient) -> QuerySet[Patient]:
    """The charts here that have this number of the same giver.

    Where an import did not say who gave its number, the two cannot be told apart.
    """
    here = Patient.objects.filter(identifier=patient.identifier)
    if not patient.identifier_system:
        return here
    unsaid = Q(identifier_system="", imports__isnull=False)
    return here.filter(Q(identifier_system=patient.identifier_system) | unsaid).distinct()


def _save_rows(received: Received) -> None:
    for row in received.rows:
        row.patient = received.patient
    in_order = sorted(received.rows, key=lambda row: row._meta.label)
    for _, rows in groupby(in_order, key=lambda row: row._meta.label):
        batch = list(rows)
        type(batch[0])._default_manager.bulk_create(batch)
