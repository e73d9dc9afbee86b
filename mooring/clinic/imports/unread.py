"""What came in with an import and is not in the chart, as long as nobody has caught up with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.imports.concerns import Concern
from mooring.clinic.imports.models import ImportBatch, KeptResource
from mooring.clinic.people.models import ListName, Patient

MOST_SHOWN = 3
"""Of each kind; the rest stands on the page of the import."""


@dataclass(frozen=True)
class UnreadKind:
    """What of one kind could not be read, the newest first."""

    concern: Concern
    entries: list[KeptResource]

    @property
    def shown(self) -> list[KeptResource]:
        """The newest few."""
        return self.entries[:MOST_SHOWN]

    @property
    def more(self) -> int:
        """How many there are beyond those shown."""
        return len(self.entries) - len(self.shown)


@dataclass(frozen=True)
class Unread:
    """What a decision or an order has to know of the imports of a patient."""

    kinds: list[UnreadKind]
    incomplete: list[ImportBatch]
    """Files that are not the whole record, unless a later one says nothing of the kind."""


def unread(patient: Patient) -> Unread:
    """What came in unread and still matters, by kind; nothing for most charts."""
    rows = (
        KeptResource.objects.filter(patient=patient)
        .exclude(concern__in=("", Concern.SCALE))
        .select_related("batch")
        .defer("content", "batch__content", "batch__packed")
    )
    kinds = []
    by_kind: dict[str, list[KeptResource]] = {}
    for row in newest_first(rows):
        by_kind.setdefault(row.concern, []).append(row)
    for concern in Concern:
        if concern in by_kind:
            caught_up = _CAUGHT_UP[concern](patient)
            entries = [row for row in by_kind[concern] if not caught_up(row)]
            if entries:
                kinds.append(UnreadKind(concern, entries))
    return Unread(kinds, _incomplete(patient))


def newest_first(rows: Iterable[KeptResource]) -> list[KeptResource]:
    """By their own day; those without one last."""
    return sorted(rows, key=lambda row: (row.dated or date.min, -row.position), reverse=True)


def scales_elsewhere(patient: Patient) -> list[KeptResource]:
    """Scales that were answered elsewhere, the newest first. They count nowhere here."""
    rows = KeptResource.objects.filter(patient=patient, concern=Concern.SCALE).defer("content")
    return newest_first(rows)


def _incomplete(patient: Patient) -> list[ImportBatch]:
    found: list[ImportBatch] = []
    for batch in patient.imports.defer("content", "packed").order_by("-imported_at"):
        if not batch.incomplete:
            break
        found.append(batch)
    return found


CaughtUp = Callable[[KeptResource], bool]


def _measured(days: list[date], recorded: list[datetime]) -> CaughtUp:
    """Caught up by a measurement of that day or later; without a day, by one entered since."""

    def caught_up(row: KeptResource) -> bool:
        if row.dated is not None:
            return any(day >= row.dated for day in days)
        return any(moment > row.batch.imported_at for moment in recorded)

    return caught_up


def _since(moments: list[datetime]) -> CaughtUp:
    return lambda row: any(moment > row.batch.imported_at for moment in moments)


def _pressure(patient: Patient) -> CaughtUp:
    rows = list(patient.bloodpressures.all())
    return _measured([clinic_day(row.taken_at) for row in rows], [row.recorded_at for row in rows])


def _weight(patient: Patient) -> CaughtUp:
    rows = [row for row in patient.measurements.all() if row.code == "weight"]
    return _measured([clinic_day(row.taken_at) for row in rows], [row.recorded_at for row in rows])


def _pregnancy(patient: Patient) -> CaughtUp:
    answers = patient.answers.filter(question="pregnancy")
    return _since([answer.answered_at for answer in answers])


def _listed(name: ListName) -> Callable[[Patient], CaughtUp]:
    """Caught up when somebody went through the list since, or the entry's words stand on it."""

    def of(patient: Patient) -> CaughtUp:
        said = [row.said_at for row in patient.list_statements.all() if row.list == name]
        rows = patient.medications if name is ListName.MEDICATIONS else patient.allergies
        words = {row.text.casefold() for row in rows.all()}
        gone_through = _since(said)
        return lambda row: row.subject.casefold() in words or gone_through(row)

    return of


def _decided(patient: Patient) -> CaughtUp:
    return _since([decision.decided_at for decision in patient.decisions.all()])


_CAUGHT_UP: dict[Concern, Callable[[Patient], CaughtUp]] = {
    Concern.BLOOD_PRESSURE: _pressure,
    Concern.WEIGHT: _weight,
    Concern.PREGNANCY: _pregnancy,
    Concern.MEDICINE: _listed(ListName.MEDICATIONS),
    Concern.ALLERGY: _listed(ListName.ALLERGIES),
    Concern.CONDITION: _decided,
}
