"""From a file's content to the rows it becomes. Nothing is written here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.imports.actions import Kept, Received
from mooring.clinic.people.models import Patient, RecordRow
from mooring.exchange.fhir.bundle import Bundle, read_bundle
from mooring.exchange.fhir.entry import Entry
from mooring.exchange.fhir.parsing import decoded, parsed
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, changed_by_modifier
from mooring.exchange.fhir.registry import readers
from mooring.exchange.fhir.slices import resource_texts
from mooring.exchange.fhir.unfit import UnfitError

_LONGEST_REASON = 300
Readings = list[tuple[Entry, Reading | NotUnderstood]]


def read_content(content: bytes, name: str, now: datetime) -> Received:
    """Check and read a bundle. Raises UnfitError at the first thing that cannot be taken in."""
    text = decoded(content)
    bundle = read_bundle(parsed(text))
    context = Context(f"import {name}", now, ZoneInfo(the_clinic().time_zone), bundle.find)
    readings = [(entry, _read(entry, context)) for entry in bundle.entries]
    return Received(
        file_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        content=text,
        patient=_patient(bundle, readings),
        rows=tuple(_record_rows(readings)),
        kept=tuple(_kept(readings, resource_texts(text))),
        counts=_counts(readings),
    )


def _read(entry: Entry, context: Context) -> Reading | NotUnderstood:
    reader = readers().get(entry.type)
    if reader is None:
        return NotUnderstood("Mooring does not read this type of resource.")
    return changed_by_modifier(entry.resource) or reader(entry.resource, context)


def _patient(bundle: Bundle, readings: Readings) -> Patient:
    reading = readings[bundle.patient.position][1]
    if isinstance(reading, NotUnderstood):
        raise UnfitError(bundle.patient.resource.place, reading.reason)
    return next(row for row in reading.rows if isinstance(row, Patient))


def _record_rows(readings: Readings) -> Iterator[RecordRow]:
    for _, reading in readings:
        if isinstance(reading, Reading):
            yield from (row for row in reading.rows if isinstance(row, RecordRow))


def _kept(readings: Readings, texts: list[str]) -> Iterator[Kept]:
    for entry, reading in readings:
        reason = _reason(reading)
        if reason is not None:
            yield Kept(entry.position, entry.type, entry.id, reason, texts[entry.position])


def _reason(reading: Reading | NotUnderstood) -> str | None:
    """Why a resource is kept beside the chart; None for one that was read whole."""
    if isinstance(reading, NotUnderstood):
        reason = reading.reason
    elif reading.left_over:
        reason = f"Read in part. Not read: {', '.join(reading.left_over)}."
    else:
        return None
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[: _LONGEST_REASON - 1]}…"


def _counts(readings: Readings) -> dict[str, dict[str, int]]:
    """By type: understood in whole or in part, and kept; what is read in part counts in both."""
    understood = Counter(entry.type for entry, found in readings if isinstance(found, Reading))
    kept = Counter(entry.type for entry, found in readings if _reason(found) is not None)
    return {
        name: {"understood": understood[name], "kept": kept[name]}
        for name in sorted(understood | kept)
    }
