"""What the chart page shows, gathered once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.courses.models import Course
from mooring.clinic.imports.models import ImportBatch, WaitingFile
from mooring.clinic.people.duplicates import same_person
from mooring.clinic.people.entries import Taken, struck
from mooring.clinic.people.lists import AskedList, asked_list
from mooring.clinic.people.models import (
    BloodPressure,
    CodedRow,
    ListName,
    Measurement,
    Patient,
)
from mooring.clinic.people.plausible import KINDS
from mooring.clinic.people.weights import newest_first
from mooring.clinic.screening.models import ScreeningDecision
from mooring.clinic.tasks.models import Task
from mooring.core.drugs.weight import STALE_AFTER_DAYS
from mooring.core.protocols.screening.evaluate import PAST


@dataclass(frozen=True)
class Coded:
    """Rows of one kind: what holds, and what is over."""

    current: list[CodedRow]
    past: list[CodedRow]


@dataclass(frozen=True)
class Measured:
    """The newest number of one kind; `row` is None where the record has none."""

    label: str
    row: Measurement | None
    stale: bool
    earlier: list[Measurement]
    """Those before it, the newest first."""


@dataclass(frozen=True)
class Chart:
    """One patient's chart."""

    patient: Patient
    conditions: Coded
    medications: Coded
    allergies: Coded
    asked_medications: AskedList
    asked_allergies: AskedList
    measured: list[Measured]
    pressures: list[BloodPressure]
    imports: list[ImportBatch]
    waiting: list[WaitingFile]
    """Files that nobody has compared with this chart yet."""
    decisions: list[ScreeningDecision]
    courses: list[Course]
    tasks: list[Task]
    alike: list[Patient]
    """Other patients of the same name and birth date."""
    struck: dict[str, list[Taken]]
    """What was struck, by kind."""
    identity_changes: int
    """How often who the patient is was corrected."""

    @property
    def open_course(self) -> Course | None:
        """The course that goes on; a patient has at most one."""
        return next((course for course in self.courses if course.ended_at is None), None)

    @property
    def struck_numbers(self) -> list[Taken]:
        """Measurements and blood pressures that were struck."""
        return [*self.struck["measurement"], *self.struck["blood_pressure"]]

    @property
    def overrides(self) -> list[ScreeningDecision]:
        """Decisions that went against the findings."""
        return [decision for decision in self.decisions if decision.override]


def read_chart(patient: Patient, today: date) -> Chart:
    """Everything the chart page shows of one patient."""
    alike = same_person(patient.family_name, patient.given_name, patient.birth_date)
    return Chart(
        patient=patient,
        conditions=_parted(patient.conditions.all()),
        medications=_parted(patient.medications.all()),
        allergies=_parted(patient.allergies.all()),
        asked_medications=asked_list(patient, ListName.MEDICATIONS),
        asked_allergies=asked_list(patient, ListName.ALLERGIES),
        measured=[_newest(patient, code, today) for code in KINDS],
        pressures=list(patient.bloodpressures.all()),
        imports=list(patient.imports.defer("content", "packed").order_by("-imported_at")),
        waiting=list(patient.waiting_files.filter(closed_at=None).defer("content", "packed")),
        decisions=list(patient.decisions.select_related("decided_by")),
        courses=list(patient.courses.select_related("prescriber")),
        tasks=list(patient.tasks.filter(closed_at=None).select_related("owner")),
        alike=[other for other in alike if other.pk != patient.pk],
        struck=struck(patient),
        identity_changes=patient.identity_changes.count(),
    )


def _parted(rows: Iterable[CodedRow]) -> Coded:
    """What holds, also where the status is unknown, apart from what is over."""
    found = list(rows)
    over = [row for row in found if row.status.casefold() in PAST]
    return Coded([row for row in found if row not in over], over)


def _newest(patient: Patient, code: str, today: date) -> Measured:
    rows = newest_first(patient, code)
    row = rows[0] if rows else None
    weight_too_old = (
        code == "weight"
        and row is not None
        and (today - clinic_day(row.taken_at)).days > STALE_AFTER_DAYS
    )
    return Measured(KINDS[code].label, row, weight_too_old, rows[1:])
