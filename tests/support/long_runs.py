"""Tests that have a short form for every day and a long one: `tools/reliability` runs the long.

A test asks `times(short, long)` how often it does its thing, and tells what it found with
`tell(...)`; the table of docs/reliability.md is made from what was told.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

LONG = os.environ.get("MOORING_LONG") == "1"
PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


@dataclass(frozen=True)
class Figure:
    """What one long run found."""

    what: str
    aim: str
    seen: str


def times(short: int, long: int) -> int:
    """How often: the long form only where MOORING_LONG=1 asks for it."""
    return long if LONG else short


def tell(what: str, aim: str, seen: str) -> None:
    """Keep a figure of a long run in the file that MOORING_FIGURES names."""
    file = os.environ.get("MOORING_FIGURES")
    if LONG and file:
        with Path(file).open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(asdict(Figure(what, aim, seen))) + "\n")


def table(figures: list[Figure], day: str, machine: str) -> str:
    """The figures as a table of the page."""
    rows = [f"| {each.what} | {each.aim} | {each.seen} |" for each in figures]
    head = f"Of {day}, {machine}.\n\n| what | aim | found |\n|---|---|---|\n"
    return head + "\n".join(rows) + "\n"


def write(figures: list[Figure], now: datetime) -> None:
    """Put the table where the page has its place for it."""
    machine = f"{os.cpu_count()} processors, Linux {platform.release()}, Python "
    machine += ".".join(map(str, sys.version_info[:3]))
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    made = table(figures, f"{now:%-d %B %Y}", machine)
    PAGE.write_text(f"{before}{BEGIN}\n{made}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    told = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    write([Figure(**json.loads(line)) for line in told], datetime.now(UTC))
