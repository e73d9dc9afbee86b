"""From regimens to a dose table."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from io import StringIO

from mooring.core.pharmacology.nonmem.row import EMPTY, TableError, check_unit
from mooring.core.pharmacology.regimen import Amount, GivenAs, Regimen

COLUMNS = ("ID", "TIME", "AMT", "DUR", "CMT", "EVID")


def write(
    regimens: Mapping[str, Regimen], compartments: Mapping[str, GivenAs], *, minutes: float = 60.0
) -> str:
    """A table with a heading and commas that `read` reads back; times in units of `minutes`.

    A regimen without events is one observation at 0. Raises TableError for a dose by weight, of
    which a table holds no kilograms, for a way of giving that `compartments` does not name, and
    for a person whose name reads as an empty cell.
    """
    check_unit(minutes)
    names = {way: name for name, way in compartments.items()}
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for person, regimen in regimens.items():
        if person.strip() in EMPTY:
            raise TableError(f"ID: '{person}' reads as an empty cell; give a name or a number")
        if not regimen.events:
            table.writerow((person, 0.0, ".", ".", ".", 0))
        for event in sorted(regimen.events, key=lambda one: one.time):
            if event.unit is not Amount.MILLIGRAMS:
                raise TableError(f"AMT: person {person} is dosed in mg/kg; give milligrams")
            if event.given_as not in names:
                raise TableError(f"CMT: '{event.given_as}' has no name in compartments")
            time, duration = event.time / minutes, (event.duration or 0.0) / minutes
            cells = (person, repr(time), repr(event.amount), repr(duration))
            table.writerow((*cells, names[event.given_as], 1))
    return text.getvalue()
