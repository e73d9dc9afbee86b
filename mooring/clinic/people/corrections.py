"""Corrections of the chart: an entry is ended, corrected or struck, and none is overwritten.

What stood before stays in its table, withdrawn, with who and why; `objects` leaves it out and
`everything` has it. So a chart can be read as it was at any time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.audit import chain
from mooring.clinic.once.standing import still
from mooring.clinic.people.actions import (
    CODED,
    check_days,
    check_moment,
    check_name,
    check_pressure,
    in_kilograms,
)
from mooring.clinic.people.changes import chart_changed
from mooring.clinic.people.models import (
    BloodPressure,
    CodedRow,
    Condition,
    Measurement,
    Medication,
    RecordRow,
)
from mooring.clinic.people.plausible import KINDS
from mooring.clinic.people.stood import entry_stands
from mooring.clinic.people.text import NEEDED, forbidden
from mooring.clinic.people.weights import doubts_of, newest_first
from mooring.core.protocols.screening.evaluate import PAST
from mooring.core.quantities import Kilograms

ROWS: dict[str, type[RecordRow]] = {
    **CODED,
    "measurement": Measurement,
    "blood_pressure": BloodPressure,
}
ENDS = {
    "condition": ("resolved", "remission"),
    "medication": ("stopped", "completed"),
    "allergy": ("resolved",),
}
"""What an entry can be from the day on which it ended."""
STANDS = {
    "condition": ("active", "resolved", "remission", "unknown"),
    "medication": ("active", "stopped", "completed", "unknown"),
    "allergy": ("active", "resolved", "unknown"),
}
"""What a status can be corrected to; beside them the one that came with the entry."""
LONGEST_WHY = LONGEST_ORIGIN = 300
SAME = "This is what stands there already. Change what is not right, or strike the entry."
R = TypeVar("R", bound=RecordRow)


@dataclass(frozen=True)
class CodedAnew:
    """A condition, medicine or allergy as it should have been."""

    text: str
    status: str
    since: date | None
    until: date | None
    dose: str = ""
    """A medicine's; nothing else has one."""
    relation: str = ""
    """Whose a condition is in a family history; empty for the patient's own."""
    codes_fit: bool | None = None
    """Whether the entry's codes belong to the new words too; None where nobody said."""


@dataclass(frozen=True)
class MeasuredAnew:
    """A number as it should have been."""

    value: Decimal
    taken_at: datetime
    method: str = ""
    pounds: bool = False
    doubt_settled: bool = False


@dataclass(frozen=True)
class PressureAnew:
    """A blood pressure as it should have been, in mmHg."""

    systolic: Decimal
    diastolic: Decimal
    taken_at: datetime


Anew = CodedAnew | MeasuredAnew | PressureAnew


@action("record.change")
def end_entry(
    by: Actor, *, row: CodedRow, status: str, until: date | None, why: str, now: datetime
) -> CodedRow:
    """Say that a condition, medicine or allergy is over. `until` is None where nobody knows when.

    Refused for what is over already, without a reason, and for a row that no longer stands.
    """
    row = standing(row)
    if status not in ENDS[kind_of(row)]:
        raise RefusedError("Choose one of those listed.", field="status")
    if row.status.casefold() in PAST:
        raise RefusedError("It is over already. Correct the entry where its day is not right.")
    check_days(None if until is None else row.since, until, clinic_day(now))
    new = successor(row, by, "ended", now, status=status, until=until)
    replace(by, row, new, why, now)
    chart_changed(by, row.patient, now)
    return new


@action("record.change")
def correct_entry(by: Actor, *, row: RecordRow, anew: Anew, why: str, now: datetime) -> RecordRow:
    """Put the entry as it should have been in the place of what stands.

    Refused without a reason, where nothing differs, for what could not be added by hand either,
    and for a row that no longer stands.
    """
    row = standing(row)
    values = _values(row, anew, now)
    if all(getattr(row, name) == value for name, value in values.items()):
        raise RefusedError(SAME)
    remark = "; checked again" if values.get("checked_again") else ""
    new = successor(row, by, "corrected", now, remark, **values)
    replace(by, row, new, why, now)
    chart_changed(by, row.patient, now)
    return new


@action("record.change")
def strike_entry(by: Actor, *, row: RecordRow, why: str, now: datetime) -> RecordRow:
    """Say that an entry never was so, or is of another chart. Nothing stands in its place."""
    row = standing(row)
    withdraw(by, row, why, now)
    chart_changed(by, row.patient, now)
    return row


def kind_of(row: RecordRow) -> str:
    """The kind of an entry as addresses name it."""
    return next(kind for kind, model in ROWS.items() if isinstance(row, model))


def standing(row: R) -> R:
    """The row as it is stored now, held until this write is done. RefusedError once withdrawn."""
    found: R = type(row).everything.select_for_update().get(pk=row.pk)
    still(entry_stands(found))
    if found.withdrawn_at is None:
        return found
    changed = found.replaced_by is not None
    how = "changed" if changed else "struck"
    instead = " Look at what stands in its place." if changed else ""
    raise RefusedError(
        f"{found.withdrawn_by} {how} this entry already: {found.withdrawn_why}.{instead}"
    )


def replace(by: Actor, old: R, new: R, why: str, now: datetime) -> None:
    """Store `new` in the place of `old`."""
    new.save(force_insert=True)
    withdraw(by, old, why, now, new)


def withdraw(
    by: Actor, row: RecordRow, why: str, now: datetime, instead: RecordRow | None = None
) -> None:
    """Let a row stand no longer. Only the four columns that say so are written."""
    if by.user is None:
        raise RefusedError("This needs the name of a person: sign in and do it there.")
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_why = now, by.user, reason(why)
    row.replaced_by = instead
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why", "replaced_by"])
    chain.append(
        at=now, actor=by.key, actor_name=by.name, action="people.withdrawn",
        subject=row._meta.label, subject_id=str(row.pk), patient=row.patient_key,
        digest=row.digest(), detail=row.withdrawn_why,
    )  # fmt: skip


def reason(why: str) -> str:
    """The reason without blanks around it. RefusedError for none."""
    said = why.strip()
    if not said:
        raise RefusedError("Say why, for whoever reads this next.", field="why")
    if len(said) > LONGEST_WHY or forbidden(said):
        raise RefusedError(f"At most {LONGEST_WHY} characters; {NEEDED}.", field="why")
    return said


def successor(row: R, by: Actor, how: str, now: datetime, remark: str = "", **changes: object) -> R:
    """An unsaved row that says what `row` says but for the changes; its origin says by whom."""
    own = {"id", "withdrawn_at", "withdrawn_by_id", "withdrawn_why", "replaced_by_id"}
    columns = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in own
    }
    origin = with_remark(first_of(row).origin, f"; {how} by {by.name}{remark}")
    return type(row)(**{**columns, "origin": origin, "recorded_at": now, **changes})


def first_of(row: R) -> R:
    """The entry as it first came in, before any correction."""
    while (before := type(row).everything.filter(replaced_by=row).first()) is not None:
        row = before
    return row


def with_remark(origin: str, remark: str) -> str:
    """The origin with what is added to it, within the column: who did it is never cut off."""
    room = LONGEST_ORIGIN - len(remark)
    return (origin if len(origin) <= room else f"{origin[: room - 1]}…") + remark


def _values(row: RecordRow, anew: Anew, now: datetime) -> dict[str, Any]:
    match row, anew:
        case CodedRow(), CodedAnew():
            return _coded(row, anew, now)
        case Measurement(), MeasuredAnew():
            return _measured(row, anew, now)
        case BloodPressure(), PressureAnew():
            return _pressure(row, anew, now)
    raise TypeError(f"{anew!r} does not correct {row!r}")


def _coded(row: CodedRow, anew: CodedAnew, now: datetime) -> dict[str, Any]:
    kind = kind_of(row)
    if not anew.text.strip():
        raise RefusedError("Say what it is.", field="text")
    check_name(kind, anew.text)
    if anew.status not in {*STANDS[kind], row.status}:
        raise RefusedError("Choose one of those listed.", field="status")
    if (anew.since, anew.until) != (row.since, row.until):
        # A plan's end that came with an import may lie ahead: what is not touched is not asked.
        check_days(anew.since, anew.until, clinic_day(now))
    said = {"text": anew.text, "status": anew.status, "since": anew.since, "until": anew.until}
    return {**said, **_own(row, anew), **_codes(row, anew)}


def _own(row: CodedRow, anew: CodedAnew) -> dict[str, str]:
    """What only one kind of entry has."""
    if isinstance(row, Medication):
        return {"dose": anew.dose}
    return {"relation": anew.relation.strip()} if isinstance(row, Condition) else {}


def _codes(row: CodedRow, anew: CodedAnew) -> dict[str, Any]:
    """A code speaks in every rule: with other words nobody but a person can say that it fits."""
    if row.code is None and not row.codings:
        return {}
    if anew.text != row.text and anew.codes_fit is None:
        raise RefusedError(
            "Say whether the code belongs to the corrected words: it counts in every rule.",
            field="codes_fit",
        )
    return {"system": None, "code": None, "codings": []} if anew.codes_fit is False else {}


def _measured(row: Measurement, anew: MeasuredAnew, now: datetime) -> dict[str, Any]:
    taken_at = _to_the_minute(row, anew.taken_at)
    check_moment(taken_at, now)
    value = in_kilograms(anew.value) if anew.pounds else anew.value
    doubt = KINDS[row.code].doubt(value)
    if doubt is not None:
        raise RefusedError(doubt, field="value")
    doubts = _weight_doubts(row, value) if row.code == "weight" else ()
    if doubts and not anew.doubt_settled:
        raise RefusedError(*(f"{each}." for each in doubts), field="doubt_settled")
    checked = bool(doubts) or (row.checked_again and value == row.value)
    said = {"value": value, "taken_at": taken_at, "method": anew.method}
    return {**said, "checked_again": checked}


def _to_the_minute(row: Measurement | BloodPressure, typed: datetime) -> datetime:
    """The time that was typed; a form knows minutes, and of the same minute the row's own stays."""
    return row.taken_at if typed == row.taken_at.replace(second=0, microsecond=0) else typed


def _weight_doubts(row: Measurement, kilograms: Decimal) -> tuple[str, ...]:
    """Reasons to weigh again, from the other weights: not from the one that is corrected."""
    others = [one for one in newest_first(row.patient, "weight", "kg") if one.pk != row.pk]
    return doubts_of(row.patient, Kilograms(kilograms), others)


def _pressure(row: BloodPressure, anew: PressureAnew, now: datetime) -> dict[str, Any]:
    taken_at = _to_the_minute(row, anew.taken_at)
    check_moment(taken_at, now)
    check_pressure(anew.systolic, anew.diastolic)
    pressures = {"systolic": int(anew.systolic), "diastolic": int(anew.diastolic)}
    return {**pressures, "taken_at": taken_at}
