"""Does the file of checkpoints hold what the audit says of it?

Before each line the audit says how many lines there are and what the last one is. So a file that
was shortened, emptied, taken away or replaced by an older one is found, with the row that tells.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from mooring.clinic.audit.checkpoints import ANNOUNCED, BEGUN_ANEW
from mooring.clinic.audit.lines import BrokenCheckpointError, Read
from mooring.clinic.audit.walk import BrokenError, Told


@dataclass
class Lines:
    """The lines of a file as far as they are needed: in order, each its hash and its row."""

    hashes: list[str] = field(default_factory=list)
    sequences: list[int] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    """The public keys that signed them."""

    def add(self, read: Read) -> None:
        """Take the next line."""
        self.hashes.append(read.line.hash)
        self.sequences.append(read.line.sequence)
        self.keys |= {read.point.key} - {""}

    @property
    def farthest(self) -> int:
        """The last row that any of them saw."""
        return max(self.sequences, default=0)


def hold_announced(told: Iterable[Told], lines: Lines, own: set[str], copied: bool) -> None:
    """Raise BrokenError where the file is not what the audit says of it.

    In a copy the file may be older than the database by a few lines: what was announced after its
    last line is not asked for. The same holds before a row that says that the file was begun anew,
    or that all of it was restored.
    """
    rows = list(told)
    require_known(rows, lines, own)
    turned = max((row.sequence for row in rows if row.action != ANNOUNCED), default=0)
    before = max((seen for seen in lines.sequences if seen < turned), default=0)
    newest = None
    for row in rows:
        if row.action != ANNOUNCED:
            continue
        if row.sequence < turned and row.sequence > before:
            continue
        if copied and row.sequence > lines.farthest:
            continue
        hold(row, lines)
        newest = row
    if newest is not None and newest.sequence > max(lines.farthest, turned):
        raise BrokenError(
            newest.sequence,
            f"Row {newest.sequence} announces a checkpoint that is not in the file: its last line"
            f" saw row {lines.farthest}. The line was taken out, or its disk took none.",
        )


def hold(row: Told, lines: Lines) -> None:
    """The file holds as many lines as this row says, and the last of those is the one it names."""
    facts = json.loads(row.detail)
    wanted, there = int(facts["lines"]), len(lines.hashes)
    if there < wanted:
        state = f"it holds {there}" if there else "it is empty or gone"
        raise BrokenError(
            row.sequence,
            f"Row {row.sequence} says that the file of checkpoints held {wanted} lines; {state}.",
        )
    if wanted and lines.hashes[wanted - 1] != facts["last"]:
        raise BrokenError(
            row.sequence,
            f"Line {wanted} of the file of checkpoints is not the one that row {row.sequence}"
            " names: the file was written anew.",
        )


def require_known(rows: list[Told], lines: Lines, own: set[str]) -> None:
    """Raise BrokenCheckpointError for lines signed by a key that the audit never named."""
    named = {json.loads(row.detail)["key"] for row in rows if row.action in (ANNOUNCED, BEGUN_ANEW)}
    if not lines.keys <= named | own:
        raise BrokenCheckpointError(
            "A line of the file of checkpoints was signed by a key that the audit does not name."
        )
