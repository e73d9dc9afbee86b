"""A file of a patient who is here already: it waits, is compared, and is merged in one write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.imports.actions import (
    Kept,
    Received,
    keep_bundle,
    keep_file,
    refuse_known_file,
    same_number,
)
from mooring.clinic.imports.comparing import Compared, Comparison, How, compare
from mooring.clinic.imports.models import ImportBatch, WaitingFile, pack
from mooring.clinic.people import corrections
from mooring.clinic.people.changes import chart_changed
from mooring.clinic.people.corrections import LONGEST_WHY, reason, with_remark
from mooring.clinic.people.duplicates import same_person
from mooring.clinic.people.identity import change_columns
from mooring.clinic.people.models import Patient
from mooring.clinic.tasks.actions import close_task, open_task
from mooring.clinic.tasks.owners import newest_course, who_is_asked

KIND = "import_waiting"
ADD, LEAVE, MINE, THEIRS = "add", "leave", "mine", "theirs"
CHOICES = {How.NEW: (ADD, LEAVE), How.DIFFERS: (MINE, THEIRS, ADD)}
"""What can be chosen for an entry, by how it stands to the chart."""
CHANGED = (
    "The chart changed since this page was opened. Here is the comparison as it stands now: choose"
    " again where it differs."
)


def chart_of(patient: Patient, into: Patient | None = None) -> tuple[Patient, bool] | None:
    """The chart that a received patient has here, and whether its number says so; None for none.

    `into` is the one that a person chose for it.
    """
    if into is not None:
        return into, same_number(patient).filter(pk=into.pk).exists()
    numbered = same_number(patient).first()
    if numbered is not None:
        return numbered, True
    alike = same_person(patient.family_name, patient.given_name, patient.birth_date)
    return (alike[0], False) if alike else None


@action("record.import")
def wait_for_comparison(
    by: Actor, received: Received, patient: Patient, *, by_number: bool, now: datetime
) -> WaitingFile:
    """Keep a file until somebody compares it. Refuses one that is in a chart, or waits already."""
    refuse_known_file(received)
    before = WaitingFile.objects.filter(sha256=received.sha256, closed_at=None).first()
    if before is not None:
        raise RefusedError(
            f"This file waits already, as {before.file_name}, received"
            f" {before.received_at:%-d %b %Y}: compare it with the chart."
        )
    waiting = WaitingFile.objects.create(
        patient=patient,
        by_number=by_number,
        file_name=received.file_name,
        sha256=received.sha256,
        packed=pack(received.content),
        received_at=now,
        received_by=by.name,
    )
    owner = who_is_asked(newest_course(patient))
    if owner is not None:
        open_task(
            by,
            patient=patient,
            kind=KIND,
            title="Import: compare a file with the chart",
            detail=f"{received.file_name} waits. Open the chart, and there “Imports”.",
            owner=owner,
            source=str(waiting.pk),
            due_at=now,
            now=now,
        )
    return waiting


@action("record.change")
def merge_file(
    by: Actor,
    *,
    waiting: WaitingFile,
    received: Received,
    entries: Mapping[int, str],
    identity: Mapping[str, str],
    seen: str,
    now: datetime,
) -> ImportBatch:
    """Write what a person chose, entry by entry, and keep the rest beside the chart.

    `entries` holds a choice by the entry's place in the file, `identity` one by column; `seen` is
    the fingerprint of the comparison that was read. Refused where the chart has changed since, and
    where something that differs was not chosen.
    """
    waiting = _open(waiting)
    refuse_known_file(received)
    compared = compare(waiting.patient, received)
    if compared.fingerprint != seen:
        raise RefusedError(CHANGED)
    _require_choices(compared, entries, identity)
    taken = {
        each.place
        for each in compared.entries
        if _written(by, compared, each, entries.get(each.place), now)
    }
    _identity(by, compared, identity, now)
    batch = _batch(by, waiting, compared, taken, now)
    _close(by, waiting, f"Compared and merged as {received.file_name}", now)
    chart_changed(by, waiting.patient, now)
    return batch


@action("record.change")
def set_aside(by: Actor, *, waiting: WaitingFile, why: str, now: datetime) -> WaitingFile:
    """Take nothing of a file, with the reason. It stays; the same file can be sent again."""
    waiting = _open(waiting)
    _close(by, waiting, f"Set aside: {reason(why)}"[:LONGEST_WHY], now)
    return waiting


@action("record.change")
def open_own_chart(
    by: Actor, *, waiting: WaitingFile, received: Received, now: datetime
) -> ImportBatch:
    """The file is of another person of the same name and birth date: it opens a chart of its own.

    Refused for a file with the patient's own record number.
    """
    waiting = _open(waiting)
    if waiting.by_number:
        raise RefusedError("Its record number is this patient's: it cannot be another person.")
    batch = keep_bundle(by, received, now=now)
    _close(by, waiting, "Another person: a chart of its own was opened", now)
    return batch


def _open(waiting: WaitingFile) -> WaitingFile:
    """The file as it is stored now, held until this write is done. RefusedError once closed."""
    found = WaitingFile.objects.select_for_update(of=("self",)).select_related("patient")
    row = found.get(pk=waiting.pk)
    if row.closed_at is not None:
        raise RefusedError(f"{row.closed_by} has done this already. {row.outcome}.")
    return row


def _close(by: Actor, waiting: WaitingFile, outcome: str, now: datetime) -> None:
    if by.user is None:
        raise RefusedError("This needs the name of a person: sign in and do it there.")
    waiting.closed_at, waiting.closed_by, waiting.outcome = now, by.user, outcome[:300]
    waiting.save(update_fields=["closed_at", "closed_by", "outcome"])
    for task in waiting.patient.tasks.filter(kind=KIND, source=str(waiting.pk), closed_at=None):
        close_task(by, task=task, outcome=outcome, now=now)


def _require_choices(
    compared: Comparison, entries: Mapping[int, str], identity: Mapping[str, str]
) -> None:
    open_ones = [
        each.name
        for each in compared.entries
        if each.how is not How.HERE and entries.get(each.place) not in CHOICES[each.how]
    ]
    open_ones += [
        part.label for part in compared.identity if identity.get(part.column) not in (MINE, THEIRS)
    ]
    if open_ones:
        raise RefusedError(f"Choose for each: {', '.join(open_ones)}.")


def _written(
    by: Actor, compared: Comparison, entry: Compared, choice: str | None, now: datetime
) -> bool:
    """Write one entry as it was chosen; false for what was left out or is here already."""
    if entry.how is How.HERE or choice not in (ADD, THEIRS):
        return False
    row = entry.theirs
    row.origin = with_remark(row.origin, f"; compared by {by.name}")
    row.recorded_at = now
    mine, patient = entry.mine, compared.patient
    row.patient = patient
    if choice == THEIRS and mine is not None:
        why = f"compared with {compared.received.file_name}, whose entry was taken"
        corrections.replace(by, mine, row, why[:LONGEST_WHY], now)
    else:
        row.save(force_insert=True)
    return True


def _identity(by: Actor, compared: Comparison, identity: Mapping[str, str], now: datetime) -> None:
    after = {
        column: value
        for part in compared.identity
        if identity.get(part.column) == THEIRS
        for column, value in part.columns.items()
    }
    if after:
        why = f"compared with {compared.received.file_name}"
        change_columns(by, compared.patient, after, why[:LONGEST_WHY], another_person=True, now=now)


def _batch(
    by: Actor, waiting: WaitingFile, compared: Comparison, taken: set[int], now: datetime
) -> ImportBatch:
    received = compared.received
    kept = list(_kept(by, compared, taken))
    counts = _counts(received, taken, kept)
    return keep_file(by, received, waiting.patient, counts, kept, now)


def _kept(by: Actor, compared: Comparison, taken: set[int]) -> Iterator[Kept]:
    """What is not, or not wholly, in the chart: as it was read, and what was not taken."""
    received = compared.received
    left = {
        received.came[each.place].position: each
        for each in compared.entries
        if each.place not in taken
    }
    in_part = {each.position: each for each in received.kept}
    for position in sorted(left.keys() | in_part.keys()):
        entry, before = left.get(position), in_part.get(position)
        if entry is None:
            assert before is not None  # noqa: S101
            yield before
            continue
        what = "already here" if entry.how is How.HERE else "not taken"
        said = f"Compared by {by.name}: {what}. {before.reason if before else ''}".strip()
        whole = before or replace(received.came[entry.place], subject=entry.says[:LONGEST_WHY])
        yield replace(whole, reason=said[:LONGEST_WHY])


def _counts(received: Received, taken: set[int], kept: list[Kept]) -> dict[str, Any]:
    """By type: in the chart by this file, and kept; what is read in part counts in both."""
    types = {each.position: each.resource_type for each in (*received.came, *kept)}
    into = {received.came[place].position for place in taken}
    beside = {each.position for each in kept}
    counts = {name: dict(found) for name, found in received.counts.items()}
    for name in {types[position] for position in types}:
        of = {position for position, found in types.items() if found == name}
        counts[name] = {"understood": len(of & into), "kept": len(of & beside)}
    return counts
