"""The lists of medicines and allergies: whether they were asked, by whom, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.people.codings import codings
from mooring.clinic.people.models import CodedRow, ListName, ListStatement, Patient
from mooring.core.protocols import value_sets
from mooring.core.protocols.screening import Statement
from mooring.core.protocols.screening.evaluate import NOT_A_FACT, PAST

NONE_KNOWN = {ListName.MEDICATIONS: "no-medicines", ListName.ALLERGIES: "no-allergies"}
"""The value sets of entries that say in the record itself that there are none."""


@dataclass(frozen=True)
class AskedList:
    """How one list stands: its entries, what was said of it, and when it was last looked at."""

    name: ListName
    current: tuple[CodedRow, ...]
    none: bool
    """True where it was said, and stands, that there are none."""
    by: str
    """Who said so, or where the record says it; empty where nobody did."""
    said_at: datetime | None
    """When; None where nobody did."""
    entered_at: datetime | None
    """When the newest entry came in; None where there is none."""

    @property
    def looked_at(self) -> datetime | None:
        """The newest of both; None for a list that was never asked."""
        return max((each for each in (self.said_at, self.entered_at) if each), default=None)

    @property
    def asked(self) -> bool:
        """False for a list that is empty and of which nobody has said so."""
        return bool(self.current) or self.none


@action("record.change")
def say_of_list(
    by: Actor, *, patient: Patient, name: str, none: bool, source: str = "", now: datetime
) -> ListStatement:
    """Say that a list was gone through: it is complete, or there is nothing to enter.

    Refused while the list holds an entry that is current and "none" is said, and for an empty
    list that is said to be complete.
    """
    if by.user is None:
        raise RefusedError("This needs the name of a person: sign in and say it there.")
    if name not in ListName.values:
        raise RefusedError("Choose the medicines or the allergies.", field="list")
    stands = asked_list(patient, ListName(name))
    if none and stands.current:
        words = ", ".join(row.text for row in stands.current[:3])
        raise RefusedError(f"The record holds {words}. End what is over first, then say none.")
    if not none and not stands.current:
        raise RefusedError("The list is empty: enter what is taken or known, or say none.")
    return ListStatement.objects.create(
        patient=patient, list=name, none=none, source=source.strip(), said_by=by.user, said_at=now
    )


def asked_list(patient: Patient, name: ListName) -> AskedList:
    """How the list stands now. A later entry overtakes that there are none."""
    rows = [row for row in rows_of(patient, name) if row.status.casefold() not in NOT_A_FACT]
    told = [row for row in rows if says_none(row, name)]
    entries = [row for row in rows if row not in told]
    newest = max((row.recorded_at for row in entries), default=None)
    said = (each for each in patient.list_statements.all() if each.list == name)
    by, at, none = _said(max(said, key=lambda each: each.said_at, default=None), told)
    if none and at is not None and newest is not None and newest > at:
        by, at, none = "", None, False
    current = tuple(row for row in entries if row.status.casefold() not in PAST)
    return AskedList(name, current, none, by, at, newest)


def statements(patient: Patient) -> dict[str, Statement]:
    """What was said of each list and stands, as screening reads it."""
    lists = [asked_list(patient, name) for name in ListName]
    return {
        each.name.value: Statement(each.none, clinic_day(each.said_at), each.by)
        for each in lists
        if each.said_at is not None
    }


def rows_of(patient: Patient, name: ListName) -> list[CodedRow]:
    """The entries of a list, over or not."""
    rows = patient.medications if name is ListName.MEDICATIONS else patient.allergies
    return list(rows.all())


def says_none(row: CodedRow, name: ListName) -> bool:
    """True for an entry such as "No known allergies": it is a statement and no entry."""
    if row.status.casefold() in PAST:
        return False
    return value_sets.load().states(NONE_KNOWN[name], row.text, codings(row))


def _said(said: ListStatement | None, told: list[CodedRow]) -> tuple[str, datetime | None, bool]:
    """Who said something of the list, when, and whether it was "none"; the newest of both."""
    newest = max(told, key=lambda row: row.recorded_at, default=None)
    if newest is not None and (said is None or newest.recorded_at > said.said_at):
        return newest.origin, newest.recorded_at, True
    if said is None:
        return "", None, False
    return str(said.said_by), said.said_at, said.none
