"""From a dose table to a regimen for each person."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from io import StringIO

from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology.nonmem.row import (
    MARKS,
    Row,
    TableError,
    check_left_out,
    check_unit,
    row,
)
from mooring.core.pharmacology.regimen import DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.regimens.pieces import numbered


def read(
    text: str,
    drug: Drug,
    compartments: Mapping[str, GivenAs],
    *,
    minutes: float = 60.0,
    leave_out: Collection[str] = (),
) -> dict[str, Regimen]:
    """Each person's regimen, by ID, from a table with a heading and commas.

    `compartments` says what CMT means, for example {"1": GivenAs.INTRAVENOUS_INFUSION}; AMT is
    milligrams, times are in units of `minutes` (60: hours, as such tables mostly are). Columns that
    say nothing of doses, such as DV, are named in `leave_out`, or they are refused. Devices and
    sprays are numbered in order of time, anew in each session of a person, and a session ends with
    twelve hours without one. The rows of a person stand in order of time, and a row that a comment
    column or a # marks is refused, never dosed. Who has no dose has a regimen without events.
    Raises TableError naming row and column.
    """
    check_unit(minutes)
    check_left_out(leave_out)
    found: dict[str, list[DoseEvent]] = {}
    latest: dict[str, float] = {}
    for number, cells in enumerate(_rows(text, leave_out), start=1):
        person, time, dose = row(cells, number)
        if time < latest.get(person, time):
            raise TableError(
                f"row {number}, TIME: earlier than the row before it of the same ID; sort the rows,"
                " or where the clock began anew give the rows an ID of their own"
            )
        latest[person] = time
        events = found.setdefault(person, [])
        if dose is not None:
            events.extend(_events(dose, _way(dose, compartments, number), minutes))
    if not any(found.values()):
        raise TableError("the table: holds no dose; a dose has AMT above 0")
    return {person: Regimen(drug, numbered(events)) for person, events in found.items()}


def _rows(text: str, leave_out: Collection[str]) -> Iterator[dict[str, str]]:
    """The cells of each row by upper-case name."""
    out = {name.upper() for name in leave_out}
    table = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    try:
        table.fieldnames = _heading(table.fieldnames or ())
        for number, cells in enumerate(table, start=1):
            if None in cells or None in cells.values():
                raise TableError(f"row {number}: as many cells as the heading has")
            # A mark counts also where its column is left out: the row it marks is no data.
            yield {n: cell for n, cell in cells.items() if n not in out or n in MARKS}
    except csv.Error as problem:
        raise TableError(f"the table: not to be read as a table with commas: {problem}") from None


def _heading(names: Iterable[str]) -> list[str]:
    found = [name.strip().upper() for name in names]
    if len(found) == 1 and (";" in found[0] or "\t" in found[0]):
        raise TableError("the heading: columns are parted by commas")
    for name, count in Counter(found).items():
        if count > 1:
            raise TableError(f"the heading, {name}: stands there {count} times; keep one")
    return found


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
