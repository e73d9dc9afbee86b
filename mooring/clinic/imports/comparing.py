"""A received file beside the chart it belongs to, entry by entry. Nothing is written here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from mooring.clinic.imports.actions import Received
from mooring.clinic.people.changes import how_withdrawn
from mooring.clinic.people.corrections import ROWS
from mooring.clinic.people.entries import in_words, moment, name
from mooring.clinic.people.identity_words import LABELS, shown
from mooring.clinic.people.models import (
    BloodPressure,
    CodedRow,
    Measurement,
    Medication,
    Patient,
    RecordRow,
)
from mooring.core.quantities import plain
from mooring.core.words import day

FROM_A_FILE = (
    "family_name", "given_name", "birth_date", "sex", "identifier", "identifier_system", "phone",
    "deceased", "deceased_on", "inactive", "replaced_by_number",
)  # fmt: skip
"""What of an identity a file can say."""


class How(StrEnum):
    """How an entry of the file stands to the chart."""

    NEW = "new"
    HERE = "here"
    """Already in the chart, with the same words, days and numbers."""
    DIFFERS = "differs"


@dataclass(frozen=True)
class Difference:
    """One thing that the chart and the file say otherwise."""

    label: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Compared:
    """One entry of the file, beside the one of the chart that it is about."""

    place: int
    """Its place among the rows of the file."""
    theirs: RecordRow
    mine: RecordRow | None
    """The entry that stands in the chart; None where the chart has none that it is about."""
    how: How
    struck: str
    """Who struck the same entry here, when and why; empty where nobody did."""

    @property
    def name(self) -> str:
        """What it is called."""
        return name(self.theirs)

    @property
    def says(self) -> str:
        """What the file says, in one line."""
        return in_words(self.theirs)

    @property
    def differences(self) -> list[Difference]:
        """Where the two differ."""
        return [] if self.mine is None else differences(self.mine, self.theirs)


@dataclass(frozen=True)
class Part:
    """One part of an identity that the file says otherwise."""

    column: str
    mine: Any
    theirs: Any
    giver: str = ""
    """Who gave a record number; empty for everything else, and where the file does not say."""

    @property
    def label(self) -> str:
        """In words."""
        return LABELS[self.column]

    @property
    def in_chart(self) -> str:
        """What stands in the chart."""
        return shown(self.column, self.mine)

    @property
    def in_file(self) -> str:
        """What the file says."""
        giver = f" ({self.giver})" if self.giver else ""
        return f"{shown(self.column, self.theirs)}{giver}"

    @property
    def columns(self) -> dict[str, Any]:
        """What is written where the file's is taken: a number goes with who gave it."""
        given = {"identifier_system": self.giver} if self.column == "identifier" else {}
        return {self.column: self.theirs, **given}


@dataclass(frozen=True)
class Comparison:
    """A whole file beside a chart."""

    patient: Patient
    received: Received
    entries: tuple[Compared, ...]
    identity: tuple[Part, ...]

    def of(self, how: How) -> list[Compared]:
        """The entries that stand so to the chart."""
        return [entry for entry in self.entries if entry.how is how]

    @property
    def fingerprint(self) -> str:
        """One value for what a person looked at: another chart gives another one."""
        entries = [
            [each.place, each.how, each.says, each.struck, str(each.mine and each.mine.pk)]
            for each in self.entries
        ]
        parts = [[part.column, part.in_chart, part.in_file] for part in self.identity]
        content = json.dumps([self.received.sha256, entries, parts])
        return hashlib.sha256(content.encode()).hexdigest()


def compare(patient: Patient, received: Received) -> Comparison:
    """Each entry of the file with how it stands to the chart, and what differs of who it is."""
    chart = _Chart(patient)
    found: dict[int, Compared] = {}
    # What is the same finds its own first, so that nothing else is taken for it.
    for alike in (_same, _same_since, _same_thing):
        for place, theirs in enumerate(received.rows):
            if place not in found:
                mine = chart.take(theirs, alike)
                if mine is not None:
                    how = How.DIFFERS if differences(mine, theirs) else How.HERE
                    found[place] = Compared(place, theirs, mine, how, "")
    entries = tuple(
        found.get(place) or Compared(place, theirs, None, How.NEW, chart.struck(theirs))
        for place, theirs in enumerate(received.rows)
    )
    return Comparison(patient, received, entries, identity(patient, received.patient))


def identity(mine: Patient, theirs: Patient) -> tuple[Part, ...]:
    """What the file says of the person that the chart does not; what it leaves out says nothing."""
    other_number = mine.identifier != theirs.identifier
    columns = [each for each in FROM_A_FILE if each != "identifier_system" or not other_number]
    parts = (
        Part(
            column,
            getattr(mine, column),
            getattr(theirs, column),
            theirs.identifier_system if column == "identifier" else "",
        )
        for column in columns
    )
    return tuple(part for part in parts if part.theirs and part.theirs != part.mine)


def differences(mine: RecordRow, theirs: RecordRow) -> list[Difference]:
    """What the two say otherwise, in words."""
    ours, others = facts(mine), facts(theirs)
    return [
        Difference(label, value, others[label])
        for label, value in ours.items()
        if value != others[label]
    ]


def facts(row: RecordRow) -> dict[str, str]:
    """What an entry says, by label."""
    if isinstance(row, CodedRow):
        dose = {"Dose": row.dose or "not said"} if isinstance(row, Medication) else {}
        days = {"Since": _day(row.since), "Until": _day(row.until)}
        return {"What": row.text, **dose, "Status": row.status, **days}
    if isinstance(row, Measurement):
        method = {"Found": row.method or "not said"} if row.code == "weight" else {}
        return {"Value": f"{plain(row.value)} {row.unit}", **method, "Taken": moment(row.taken_at)}
    assert isinstance(row, BloodPressure)  # noqa: S101
    return {"Value": f"{row.systolic}/{row.diastolic} mmHg", "Taken": moment(row.taken_at)}


class _Chart:
    """The entries of a chart, each to be found by one entry of the file at most."""

    def __init__(self, patient: Patient) -> None:
        self.standing: dict[type[RecordRow], list[RecordRow]] = {}
        self.taken_back: dict[type[RecordRow], list[RecordRow]] = {}
        for model in ROWS.values():
            rows = model.everything.filter(patient=patient)
            everything = list(rows.select_related("withdrawn_by", "replaced_by"))
            self.standing[model] = [row for row in everything if row.withdrawn_at is None]
            self.taken_back[model] = [row for row in everything if row.withdrawn_at is not None]

    def take(self, theirs: RecordRow, alike: Any) -> RecordRow | None:
        """The entry that stands and that `theirs` is about, by its words of now or of before."""
        left = self.standing[type(theirs)]
        mine = next((row for row in left if alike(row, theirs)), None)
        if mine is None and alike is _same_since:
            mine = self._corrected(theirs)
        if mine is not None:
            left.remove(mine)
        return mine

    def struck(self, theirs: RecordRow) -> str:
        """Who struck the same entry here; empty where nobody did."""
        for row in self.taken_back[type(theirs)]:
            if row.replaced_by is None and _same_thing(row, theirs):
                return how_withdrawn(row)
        return ""

    def _corrected(self, theirs: RecordRow) -> RecordRow | None:
        """What stands in the place of an entry that said once what the file says."""
        left = {row.pk: row for row in self.standing[type(theirs)]}
        after = {row.pk: row.replaced_by for row in self.taken_back[type(theirs)]}
        for row in self.taken_back[type(theirs)]:
            stands: RecordRow | None = row
            while stands is not None and stands.pk in after:
                stands = after[stands.pk]
            if stands is not None and stands.pk in left and _same_since(row, theirs):
                return left[stands.pk]
        return None


def _same(mine: RecordRow, theirs: RecordRow) -> bool:
    """The same thing, saying the same."""
    return _same_since(mine, theirs) and not differences(mine, theirs)


def _same_since(mine: RecordRow, theirs: RecordRow) -> bool:
    """The same thing since the same day, or measured at the same minute."""
    if isinstance(mine, CodedRow) and isinstance(theirs, CodedRow):
        return mine.since == theirs.since and _one_thing(mine, theirs)
    if isinstance(mine, Measurement) and isinstance(theirs, Measurement):
        return mine.code == theirs.code and _one_minute(mine, theirs)
    assert isinstance(mine, BloodPressure)  # noqa: S101
    assert isinstance(theirs, BloodPressure)  # noqa: S101
    return _one_minute(mine, theirs)


def _same_thing(mine: RecordRow, theirs: RecordRow) -> bool:
    """The same condition or allergy, whenever it began. A medicine that is ordered again is another
    order, unless one of the two does not say when; a number of another minute is another number."""
    if not (isinstance(mine, CodedRow) and isinstance(theirs, CodedRow)):
        return _same_since(mine, theirs)
    again = isinstance(mine, Medication) and None not in (mine.since, theirs.since)
    return _one_thing(mine, theirs) and not (again and mine.since != theirs.since)


def _one_thing(mine: CodedRow, theirs: CodedRow) -> bool:
    """By a code that both have, or by the same words."""
    if mine.relation != theirs.relation:
        return False
    return bool(_codes(mine) & _codes(theirs)) or _words(mine) == _words(theirs)


def _codes(row: CodedRow) -> set[tuple[str, str]]:
    codings: Iterable[dict[str, Any]] = row.codings
    found = {(each.get("system"), each.get("code")) for each in codings} | {(row.system, row.code)}
    return {(system, code) for system, code in found if system and code}


def _words(row: CodedRow) -> str:
    return " ".join(row.text.casefold().split())


def _one_minute(mine: Measurement | BloodPressure, theirs: Measurement | BloodPressure) -> bool:
    minutes = (row.taken_at.replace(second=0, microsecond=0) for row in (mine, theirs))
    return len(set(minutes)) == 1


def _day(moment: date | None) -> str:
    return "not said" if moment is None else day(moment)
