"""Writes of the watch: a look, its correction, and a prescriber's review of a finding."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import Actor, RefusedError, action, writing
from mooring.clinic.exposure.calling import follow, follow_pressure, organ_of
from mooring.clinic.exposure.models import WatchEntry
from mooring.clinic.exposure.reading import POLICY
from mooring.clinic.people.actions import add_blood_pressure
from mooring.clinic.people.models import BloodPressure, Patient
from mooring.core.protocols.watch import Organ, Result

LONGEST_AGO = timedelta(days=3660)
NEEDS_WORDS = {
    Result.FOUND: "Say what was found.",
    Result.NOT_DONE: "Say why it could not be done.",
    Result.WITHDRAWN: "Say what the mistake was.",
}


@action("watch.record")
def record_look(
    by: Actor,
    *,
    patient: Patient,
    item: str,
    result: Result,
    words: str,
    taken_on: date,
    corrects: WatchEntry | None = None,
    now: datetime,
) -> WatchEntry:
    """Write down one look, or what takes the place of an earlier one."""
    if item not in POLICY.items:
        raise RefusedError(f"One of these is looked at: {', '.join(POLICY.items)}.")
    _require_day(taken_on, now)
    if result in NEEDS_WORDS and not words.strip():
        raise RefusedError(NEEDS_WORDS[result], field="words")
    if corrects is None and result is Result.WITHDRAWN:
        raise RefusedError("Only an entry that is there can be a mistake.", field="result")
    if corrects is not None:
        _require_correctable(corrects, patient, item)
    return _written(by, patient, item, result, words, taken_on, corrects, now)


@action("watch.review")
def record_review(
    by: Actor, *, patient: Patient, organ: Organ, words: str, taken_on: date, now: datetime
) -> WatchEntry:
    """Write down that a prescriber looked at an organ's finding, and what was decided."""
    _require_day(taken_on, now)
    if not words.strip():
        raise RefusedError("Say what was decided.", field="words")
    review = f"{organ}_review"
    return _written(by, patient, review, Result.NOTHING, words, taken_on, None, now)


@action("watch.review")
def withdraw_review(by: Actor, *, entry: WatchEntry, words: str, now: datetime) -> WatchEntry:
    """Take back a review that was written by mistake: the finding waits again."""
    if entry.item != organ_of(entry.item).review:
        raise RefusedError("Only a review is taken back here; another entry is corrected.")
    _require_correctable(entry, entry.patient, entry.item)
    if not words.strip():
        raise RefusedError(NEEDS_WORDS[Result.WITHDRAWN], field="words")
    return _written(
        by, entry.patient, entry.item, Result.WITHDRAWN, words, entry.taken_on, entry, now
    )


def add_pressure(by: Actor, *, now: datetime, **values: Any) -> BloodPressure:
    """Add a blood pressure to the record; a raised one calls the prescriber with it."""
    with writing():
        row = add_blood_pressure(by, now=now, **values)
        follow_pressure(by, row, now)
    return row


def _written(
    by: Actor,
    patient: Patient,
    item: str,
    result: Result,
    words: str,
    taken_on: date,
    corrects: WatchEntry | None,
    now: datetime,
) -> WatchEntry:
    if by.user is None:
        raise RefusedError("An entry is written by a person who is signed in.")
    entry = WatchEntry.objects.create(
        patient=patient,
        item=item,
        result=result.value,
        words=words.strip(),
        taken_on=taken_on,
        recorded_at=now,
        recorded_by=by.user,
        corrects=corrects,
    )
    follow(by, entry, now)
    return entry


def _require_day(taken_on: date, now: datetime) -> None:
    today = clinic_day(now)
    if taken_on > today:
        raise RefusedError("This day is still to come.", field="taken_on")
    if taken_on < today - LONGEST_AGO:
        raise RefusedError("A day within the last ten years can be right.", field="taken_on")


def _require_correctable(entry: WatchEntry, patient: Patient, item: str) -> None:
    if (entry.patient_id, entry.item) != (patient.pk, item):
        raise RefusedError("A correction is about the same patient and the same item.")
    if WatchEntry.objects.filter(corrects=entry).exists():
        raise RefusedError("Another entry corrects this one already: correct that one.")
