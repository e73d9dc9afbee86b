"""From a file's content to the rows it becomes. Nothing is written here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.imports.actions import Kept, Received
from mooring.clinic.people.models import Patient, RecordRow
from mooring.exchange.fhir import hygiene, references
from mooring.exchange.fhir.bundle import Bundle, read_bundle
from mooring.exchange.fhir.concerns import concern
from mooring.exchange.fhir.entry import Entry
from mooring.exchange.fhir.observation import separate
from mooring.exchange.fhir.parsing import require_text
from mooring.exchange.fhir.reading import Context, NotUnderstood, Reading, changed_by_modifier
from mooring.exchange.fhir.registry import readers
from mooring.exchange.fhir.summary import summary
from mooring.exchange.fhir.unfit import UnfitError

_LONGEST_REASON = 300


@dataclass(frozen=True)
class _Taken:
    """What becomes of one entry: its reading, and the line that is kept beside the chart of it."""

    entry: Entry
    reading: Reading | NotUnderstood
    kept: Kept | None


def read_content(content: bytes, name: str, now: datetime) -> Received:
    """Check and read a bundle. Raises UnfitError where the file as a whole cannot be taken in."""
    require_text(content)
    bundle = read_bundle(content)
    zone, modifiers = ZoneInfo(the_clinic().time_zone), hygiene.may_modify(content)
    context = Context(f"import {name}", now, zone, bundle.find, modifiers)
    taken = _taken(bundle, context)
    return Received(
        file_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        patient=_patient(bundle, taken),
        rows=tuple(_record_rows(taken)),
        kept=tuple(each.kept for each in taken if each.kept is not None),
        counts=_counts(taken),
        text_of=bundle.resources.text,
        incomplete=bundle.incomplete,
        came=tuple(_came(taken)),
    )


def _taken(bundle: Bundle, context: Context) -> list[_Taken]:
    observed = (each for each in bundle.entries if each.type == "Observation" and each.stands)
    joined = separate.joined(observed, context)
    found = []
    for entry in bundle.entries:
        reading = joined.get(entry.position) or _read(entry, bundle, context)
        found.append(_Taken(entry, reading, _kept(entry, reading, context)))
    return found


def _read(entry: Entry, bundle: Bundle, context: Context) -> Reading | NotUnderstood:
    """What becomes of one entry. What stands wrong in a resource is its own matter, not the file's;
    of the patient it is the file's, because nothing could be filed."""
    reader = readers().get(entry.type)
    stops = _before_reading(entry, bundle)
    if stops is not None:
        return stops
    if reader is None:
        return NotUnderstood("Mooring does not read this type of resource.")
    if entry is bundle.patient:
        return reader(entry.resource, context)
    try:
        return changed_by_modifier(entry.resource, context) or reader(entry.resource, context)
    except UnfitError as unfit:
        return NotUnderstood(unfit.reason)


def _before_reading(entry: Entry, bundle: Bundle) -> NotUnderstood | None:
    """Why an entry is not even looked into."""
    if entry.overtaken:
        return NotUnderstood(entry.overtaken, taken_back=True)
    if entry.deletes:
        return NotUnderstood("Its entry is a DELETE: the source takes it back.", taken_back=True)
    if entry.unfit:
        return NotUnderstood(entry.unfit)
    if not references.about_patient(entry, bundle.patient):
        return NotUnderstood("It does not say that it is about the patient of this file.")
    return None


def _patient(bundle: Bundle, taken: list[_Taken]) -> Patient:
    resource, reading = bundle.patient.resource, taken[bundle.patient.position].reading
    # Parts of a Patient that carry a modifier are left out one by one; one of the whole stops it.
    turned = next((name for name in ("modifierExtension", "implicitRules") if name in resource), "")
    if turned:
        raise UnfitError(resource.place, f"it carries {turned}, which may change its meaning")
    if isinstance(reading, NotUnderstood):
        raise UnfitError(resource.place, reading.reason)
    return next(row for row in reading.rows if isinstance(row, Patient))


def _record_rows(taken: list[_Taken]) -> Iterator[RecordRow]:
    for each in taken:
        if isinstance(each.reading, Reading):
            yield from (row for row in each.reading.rows if isinstance(row, RecordRow))


def _came(taken: list[_Taken]) -> Iterator[Kept]:
    """The resource behind each row of the record, in the order of the rows."""
    for each in taken:
        if isinstance(each.reading, Reading):
            whole = Kept(each.entry.position, each.entry.type, each.entry.id, "")
            yield from (whole for row in each.reading.rows if isinstance(row, RecordRow))


def _kept(entry: Entry, reading: Reading | NotUnderstood, context: Context) -> Kept | None:
    """The line of a resource that is in no row or only in part; None for one that was read."""
    reason = _reason(reading)
    if reason is None:
        return None
    said = summary(entry.resource.data, context.zone)
    missed = isinstance(reading, NotUnderstood) and not reading.taken_back
    return Kept(
        position=entry.position,
        resource_type=entry.type,
        resource_id=entry.id,
        reason=reason,
        subject=said.subject,
        value=said.value,
        dated=said.dated,
        concern=concern(entry.type, entry.resource, said.subject) if missed else "",
    )


def _reason(reading: Reading | NotUnderstood) -> str | None:
    """Why a resource is kept beside the chart; None for one that was read whole."""
    if isinstance(reading, NotUnderstood):
        reason = reading.reason
    elif reading.left_over:
        reason = f"Read in part. Not read: {', '.join(reading.left_over)}."
    else:
        return None
    return reason if len(reason) <= _LONGEST_REASON else f"{reason[: _LONGEST_REASON - 1]}…"


def _counts(taken: list[_Taken]) -> dict[str, dict[str, int]]:
    """By type: understood in whole or in part, and kept; what is read in part counts in both."""
    understood = Counter(each.entry.type for each in taken if isinstance(each.reading, Reading))
    kept = Counter(each.entry.type for each in taken if each.kept is not None)
    return {
        name: {"understood": understood[name], "kept": kept[name]}
        for name in sorted(understood | kept)
    }
