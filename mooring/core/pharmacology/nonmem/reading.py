"""From a dose table to a regimen for each person."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from io import StringIO

from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology.nonmem.row import Row, TableError, row
from mooring.core.pharmacology.regimen import IN_PIECES, DoseEvent, GivenAs, Regimen


def read(
    text: str, drug: Drug, compartments: Mapping[str, GivenAs], *, minutes: float = 60.0
) -> dict[str, Regimen]:
    """Each person's regimen, by ID, from a table with a heading and commas.

    `compartments` says what CMT means, for example {"1": GivenAs.INTRAVENOUS_INFUSION}; AMT is
    milligrams, times are in units of `minutes` (60: hours, as such tables mostly are). Devices and
    sprays are numbered within a person in order of time. Raises TableError naming row and column.
    """
    found: dict[str, list[DoseEvent]] = {}
    for number, cells in enumerate(csv.DictReader(StringIO(text)), start=1):
        if None in cells or None in cells.values():
            raise TableError(f"row {number}: as many cells as the heading has")
        dose = row(cells, number)
        if dose is not None:
            event_list = found.setdefault(dose.person, [])
            event_list.extend(_events(dose, _way(dose, compartments, number), minutes))
    if not found:
        raise TableError("the table: holds no dose; a dose has AMT above 0")
    return {person: Regimen(drug, _numbered(events)) for person, events in found.items()}


def _way(dose: Row, compartments: Mapping[str, GivenAs], number: int) -> GivenAs:
    if dose.compartment not in compartments:
        known = ", ".join(f"{name} ({way})" for name, way in compartments.items())
        raise TableError(f"row {number}, CMT: '{dose.compartment}' has no meaning; known: {known}")
    way = compartments[dose.compartment]
    infused = way is GivenAs.INTRAVENOUS_INFUSION
    if infused != (dose.duration > 0):
        wanted = "RATE or DUR above 0" if infused else "neither RATE nor DUR"
        raise TableError(f"row {number}, RATE: {way.replace('_', ' ')} takes {wanted}")
    return way


def _events(dose: Row, way: GivenAs, minutes: float) -> Iterable[DoseEvent]:
    duration = dose.duration * minutes if dose.duration > 0 else None
    for nth in range(dose.more + 1):
        time = (dose.time + nth * dose.apart) * minutes
        yield DoseEvent(time, dose.amount, way, duration=duration)


def _numbered(events: list[DoseEvent]) -> tuple[DoseEvent, ...]:
    """In order of time; sprays and devices know which they are."""
    done, found = 0, []
    for event in sorted(events, key=lambda one: one.time):
        if event.given_as in IN_PIECES:
            done += 1
            event = DoseEvent(event.time, event.amount, event.given_as, event.unit, nth=done)
        found.append(event)
    return tuple(found)
