"""GS1's table of application identifiers: how the value of each is written, and what ends it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints

from mooring.core.datafiles import Frozen, read_toml

FILE = Path(__file__).with_name("gs1_identifiers.toml")
SET_82 = r"[A-Za-z0-9!\"%&'()*+,\-./:;<=>?_]"
"""The characters that a value of letters and digits may hold: GS1's character set 82."""
_KINDS = {"N": "[0-9]", "X": SET_82, "Y": r"[A-Z0-9#\-/]", "Z": "[A-Za-z0-9_=-]"}
_COMPONENT = re.compile(r"\[?([NXYZ])(\.\.)?([0-9]+)\]?")
_ROW = r"[0-9]{2,4}(-[0-9]{2,4})?"
_FORMAT = r"\[?[NXYZ](\.\.)?[0-9]+\]?( \[?[NXYZ](\.\.)?[0-9]+\]?)*"


class Row(Frozen):
    """One line of the file: an identifier, or the first and the last of a run of them."""

    identifier: Annotated[str, StringConstraints(pattern=f"^{_ROW}$")]
    format: Annotated[str, StringConstraints(pattern=f"^{_FORMAT}$")]
    end: Literal["length", "separator"]


class Table(Frozen):
    """The whole file."""

    source: str
    identifiers: tuple[Row, ...]


@dataclass(frozen=True)
class Form:
    """How the value of one identifier is written."""

    pattern: re.Pattern[str]
    length: int | None
    """How many characters it has; None where that varies."""

    def fits(self, value: str) -> bool:
        """True for a value that is written as GS1 says."""
        return self.pattern.fullmatch(value) is not None


@cache
def table() -> Mapping[str, Form]:
    """Every identifier with its form. Raises DataFileError when the file does not fit."""
    rows = read_toml(FILE, Table).identifiers
    return {name: _form(row.format) for row in rows for name in _names(row.identifier)}


def leading(text: str) -> str | None:
    """The identifier with which a text begins; None where it begins with none. Two never do."""
    return next((text[:n] for n in (2, 3, 4) if text[:n] in table()), None)


def _names(written: str) -> tuple[str, ...]:
    first, _, last = written.partition("-")
    return tuple(str(n).zfill(len(first)) for n in range(int(first), int(last or first) + 1))


def _form(written: str) -> Form:
    parts = [_part(each) for each in written.split()]
    lengths = [length for _, length in parts]
    fixed = None if None in lengths else sum(each for each in lengths if each is not None)
    return Form(re.compile("".join(pattern for pattern, _ in parts)), fixed)


def _part(written: str) -> tuple[str, int | None]:
    """The pattern of one component, and its length where that is always the same."""
    kind, up_to, number = _COMPONENT.fullmatch(written).groups()  # type: ignore[union-attr]
    may_be_left_out = written.startswith("[")
    pattern = f"{_KINDS[kind]}{{{'1,' if up_to else ''}{number}}}"
    if may_be_left_out:
        return f"(?:{pattern})?", None
    return pattern, None if up_to else int(number)
