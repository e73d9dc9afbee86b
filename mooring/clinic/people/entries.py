"""One entry of the chart as pages show it, and what stood in its place before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from mooring.clinic.clock.doubled import offset_if_doubled
from mooring.clinic.people.changes import ended
from mooring.clinic.people.corrections import ROWS, kind_of
from mooring.clinic.people.models import (
    BloodPressure,
    CodedRow,
    Measurement,
    Medication,
    Patient,
    RecordRow,
)
from mooring.clinic.people.plausible import KINDS
from mooring.core.quantities import plain
from mooring.core.words import day

NAMES = {
    "condition": "condition",
    "medication": "medicine",
    "allergy": "allergy",
    "measurement": "measurement",
    "blood_pressure": "blood pressure",
}


@dataclass(frozen=True)
class Taken:
    """An entry that no longer stands: what it said, what became of it, by whom and why."""

    row: RecordRow

    @property
    def kind(self) -> str:
        """As addresses name it."""
        return kind_of(self.row)

    @property
    def says(self) -> str:
        """What it said."""
        return in_words(self.row)

    @property
    def how(self) -> str:
        """Struck, ended or corrected."""
        if self.row.replaced_by is None:
            return "struck"
        return "ended" if ended(self.row) else "corrected"


def in_words(row: RecordRow) -> str:
    """For example "Sertraline, 50 mg daily, active since 3 Mar 2026"."""
    if isinstance(row, CodedRow):
        dose = row.dose if isinstance(row, Medication) else ""
        return ", ".join(filter(None, (row.text, row.relation, dose, _status(row))))
    assert isinstance(row, Measurement | BloodPressure)  # noqa: S101
    return f"{name(row)}, {moment(row.taken_at)}"


def name(row: RecordRow) -> str:
    """What an entry is called: its words, or the number with its unit."""
    if isinstance(row, CodedRow):
        return row.text
    if isinstance(row, Measurement):
        kind = KINDS.get(row.code)
        label = row.code if kind is None else kind.label
        return f"{label} {plain(row.value)} {row.unit}"
    assert isinstance(row, BloodPressure)  # noqa: S101
    return f"Blood pressure {row.systolic}/{row.diastolic} mmHg"


def earlier(row: RecordRow) -> list[Taken]:
    """What stood in its place before, the newest first."""
    return [Taken(each) for each in _before(row)]


def struck(patient: Patient) -> dict[str, list[Taken]]:
    """By kind, what was struck; the newest first. What another entry replaced stands there."""
    return {
        kind: [
            Taken(row)
            for row in model.everything.filter(patient=patient, replaced_by=None)
            .exclude(withdrawn_at=None)
            .select_related("withdrawn_by")
            .order_by("-withdrawn_at")
        ]
        for kind, model in ROWS.items()
    }


def _before(row: RecordRow) -> Iterator[RecordRow]:
    rows = type(row).everything.select_related("withdrawn_by", "replaced_by")
    while (found := rows.filter(replaced_by=row).first()) is not None:
        yield found
        row = found


def _status(row: CodedRow) -> str:
    status = "status not known" if row.status in ("", "unknown") else row.status
    return f"{status}{_days(row.since, row.until)}"


def _days(since: date | None, until: date | None) -> str:
    began = f" since {day(since)}" if since else ""
    return f"{began} until {day(until)}" if until else began


def moment(at: datetime) -> str:
    """A day and a time of the clinic's clock."""
    here = timezone.localtime(at)
    return f"{day(here.date())}, {here:%H:%M}{offset_if_doubled(here)}"
