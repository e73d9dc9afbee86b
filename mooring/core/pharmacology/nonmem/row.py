"""One row of a dose table, checked: what would be ignored or contradicts itself is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

READ = ("ID", "TIME", "AMT", "RATE", "DUR", "CMT", "EVID", "ADDL", "II", "SS", "MDV")
MARKS = ("C", "COMMENT", "EXCL", "EXCLUDE", "IGN", "IGNORE", "SKIP")
"""Columns by which such tables mark a row as no data; to the other programs an option says so."""
TIMES = ("DATE", "DAT1", "DAT2", "DAT3")
"""Columns that set the time together with TIME."""
DOSING = re.compile(r"(F|D|R|S|ALAG|LAG)\d+|FABS|BIO|TINF")
"""Columns that change how much arrives of a dose, when, or for how long."""
COMMENT = "#"
"""Begins a line that the other programs skip."""
DOSE, OBSERVATION = 1, 0
EMPTY = ("", ".")
MOST = 10_000
"""Further doses that one row may ask for."""
SMALL = 1e-6
"""Share by which RATE times DUR may miss AMT, as tables are rounded."""


class TableError(ValueError):
    """A table that cannot be read as doses; names row and column."""


@dataclass(frozen=True)
class Row:
    """One dose, or several alike (ADDL), in the table's own time unit."""

    time: float
    amount: float
    duration: float
    """0 is at once."""
    compartment: str
    more: int
    """Further doses like this one."""
    apart: float
    """From each to the next."""


def check_unit(minutes: float) -> None:
    """Raise TableError for what cannot be the minutes in one unit of TIME."""
    if not 0 < minutes < math.inf:
        raise TableError("minutes: those in one unit of TIME, more than 0; 60 where TIME is hours")


def check_left_out(columns: Iterable[str]) -> None:
    """Raise TableError where a column that says how doses are given would be left out."""
    for name in columns:
        if name.upper() in READ:
            raise TableError(f"leave_out: {name} says how doses are given; it is always read")
        if name.upper() in TIMES or DOSING.fullmatch(name.upper()):
            raise TableError(
                f"leave_out: {name} changes the doses; put what it says into TIME, AMT and DUR"
                " and take the column out"
            )


def row(cells: Mapping[str, str], number: int) -> tuple[str, float, Row | None]:
    """Whose row it is, when, and the dose in it; None for an observation. Raises TableError."""
    reader = _Cells({name: cell.strip() for name, cell in cells.items()}, number)
    reader.refuse_marked()
    reader.refuse_unknown()
    person, dosed = reader.person(), _dosed(reader)
    if dosed:
        dose = _dose(reader)
        return person, dose.time, dose
    time = reader.time()
    reader.refuse_any("an observation has none", "AMT", "RATE", "DUR", "ADDL", "II", "SS")
    return person, time, None


def _dosed(reader: _Cells) -> bool:
    """Whether the row is a dose: EVID says so, or without it an AMT; and MDV does not disagree."""
    event, hidden = reader.number("EVID"), reader.number("MDV")
    if event is None:
        event = DOSE if reader.number("AMT") else OBSERVATION
    if event not in (DOSE, OBSERVATION):
        reader.refuse(
            "EVID",
            f"0 for an observation, 1 for a dose; {_OTHER_EVENTS.get(event, 'no other is known')}",
        )
    if hidden not in (None, 0, 1) or (event == DOSE and hidden == 0):
        reader.refuse("MDV", "0 or 1, and 1 with every dose, which is no measurement")
    return event == DOSE


def _dose(reader: _Cells) -> Row:
    if reader.number("SS"):
        reader.refuse("SS", "steady state is not assumed; write the doses that lead to it")
    amount = reader.number("AMT") or 0.0
    if amount <= 0:
        reader.refuse("AMT", "a dose is more than 0")
    more, apart = _further(reader)
    return Row(
        time=reader.time(),
        amount=amount,
        duration=_duration(reader, amount),
        compartment=reader.text("CMT"),
        more=more,
        apart=apart,
    )


def _duration(reader: _Cells, amount: float) -> float:
    rate, duration = reader.number("RATE") or 0.0, reader.number("DUR") or 0.0
    if rate < 0:
        reader.refuse("RATE", "a model of the duration (-1, -2) is not read; write RATE or DUR")
    if duration < 0:
        reader.refuse("DUR", "0 or more")
    if rate > 0 and duration > 0 and not math.isclose(rate * duration, amount, rel_tol=SMALL):
        reader.refuse("DUR", f"RATE {rate:g} over {duration:g} gives not AMT {amount:g}; keep one")
    return duration if rate == 0 else amount / rate


def _further(reader: _Cells) -> tuple[int, float]:
    more, apart = reader.number("ADDL") or 0.0, reader.number("II") or 0.0
    if not 0 <= more <= MOST or more != int(more):
        reader.refuse("ADDL", f"a whole number from 0 to {MOST}")
    if more > 0 and apart <= 0:
        reader.refuse("II", "more than 0 where ADDL asks for further doses")
    if more == 0 and apart != 0:
        reader.refuse("II", "only with ADDL; alone it would say nothing")
    return int(more), apart


_RESET = (
    "a reset is not simulated: give the rows from here on an ID of their own, as another person"
)
_OTHER_EVENTS = {
    2.0: "an event of another kind gives no dose: take the row out",
    3.0: _RESET,
    4.0: _RESET,
}


class _Cells:
    """The cells of one row, by upper-case name."""

    def __init__(self, cells: Mapping[str, str], number: int) -> None:
        self.cells = cells
        self.number_of_row = number

    def refuse(self, column: str, what: str) -> None:
        raise TableError(f"row {self.number_of_row}, {column}: {what}")

    def refuse_marked(self) -> None:
        """A row that a mark takes out of the table: it must never be dosed."""
        first = next(iter(self.cells), "")
        if self.cells.get(first, "").startswith(COMMENT):
            self.refuse(first, "begins with # and is a comment; take the row out")
        for name in MARKS:
            if self.cells.get(name, "") not in (*EMPTY, "0"):
                self.refuse(name, "marks the row as no data: take it out, or rename the column")

    def refuse_unknown(self) -> None:
        for name in self.cells:
            if name in TIMES or DOSING.fullmatch(name):
                self.refuse(name, "changes the doses and is not read; put it into TIME, AMT, DUR")
            if name not in READ and name not in MARKS:
                listed = ", ".join(READ)
                self.refuse(name, f"would be ignored; name it in leave_out; read are {listed}")

    def refuse_any(self, why: str, *columns: str) -> None:
        for column in columns:
            if self.number(column):
                self.refuse(column, why)

    def person(self) -> str:
        """The ID; without such a column the table is of one person, "1"."""
        found = self.text("ID")
        if "ID" in self.cells and not found:
            self.refuse("ID", "whose row this is")
        return found or "1"

    def text(self, column: str) -> str:
        found = self.cells.get(column, "")
        return "" if found in EMPTY else found

    def number(self, column: str) -> float | None:
        """None for an empty cell or a column that is not there."""
        text = self.text(column)
        if text == "":
            return None
        try:
            found = math.nan if "_" in text else float(text)
        except ValueError:
            found = math.nan
        if not math.isfinite(found):
            self.refuse(column, f"'{text}' is not a number")
        return found

    def time(self) -> float:
        found = self.number("TIME")
        if found is None or found < 0:
            self.refuse("TIME", "a number from 0 on")
        return found or 0.0
