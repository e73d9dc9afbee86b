"""Is the audit whole? Walks the chain once and names the first row that does not hold."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Q

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.actions import Actor, writing
from mooring.clinic.audit import chain, newest
from mooring.clinic.audit.announced import Lines, hold_announced
from mooring.clinic.audit.checkpoints import ANNOUNCED, BEGUN_ANEW
from mooring.clinic.audit.lines import BrokenCheckpointError, path, read
from mooring.clinic.audit.models import AuditRow, WrittenRow
from mooring.clinic.audit.signer import own_public
from mooring.clinic.audit.walk import AT_ONCE, BrokenError, Found, Seen, Stretch, Told
from mooring.clinic.audit.work import ALONE, Work

A_STRETCH = 100_000
"""Rows that one process walks at a time."""
KEY_IN_DETAIL = '\\"key\\": \\"'
"""How a body writes the name of the key within its detail, which is JSON within JSON."""
MOST_SHOWN = 20
"""Differences that a verdict names; it counts the others."""


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found."""

    rows: int
    """How many rows were found whole."""
    checkpoints: int
    """How many signed checkpoints they were held against."""
    sequence: int | None = None
    """The first row that does not hold; None when all do, or when a checkpoint does not."""
    finding: str | None = None
    """What is wrong with it, as one sentence."""
    compared: bool = False
    """Whether the clinic's tables were compared with what the audit says was written."""
    differences: tuple[str, ...] = ()
    """What was changed, deleted or added behind the audit: a sentence for each of the first."""
    more: int = 0
    """How many more there are."""
    begun_anew: int | None = None
    """The last row that says that the file of checkpoints was begun anew; None without one."""

    @property
    def whole(self) -> bool:
        """True when nothing was found."""
        return self.finding is None and not self.differences

    def __str__(self) -> str:
        if self.finding is not None:
            return self.finding
        if self.differences:
            rest = [f"And {self.more} more."] if self.more else []
            said = "The audit is whole, but the tables do not hold what it says was written:"
            return "\n".join([said, *self.differences, *rest])
        words = {0: "no checkpoint", 1: "1 signed checkpoint"}
        against = words.get(self.checkpoints, f"{self.checkpoints} signed checkpoints")
        tables = " The clinic's tables hold what they wrote." if self.compared else ""
        anew = f" Checkpoints were begun anew at row {self.begun_anew}." if self.begun_anew else ""
        return f"All {self.rows} rows are whole, held against {against}.{anew}{tables}"


def examine(
    database: str = DEFAULT_DB_ALIAS,
    file: Path | None = None,
    *,
    copied: bool = False,
    against: Path | None = None,
    tables: bool = True,
    work: Work = ALONE,
) -> Verdict:
    """Check every row against the one before it, its own columns and the signed checkpoints, and
    where all are whole compare the clinic's `tables` with the audit, row by row.

    `database` and `file` name a copy to check; without them it is the clinic's own. `copied` says
    that the file of checkpoints may be some lines older than the database. `against` is a copy of
    the file that was kept elsewhere.
    """
    lines, seen, found = Lines(), dict[int, Seen](), Found()
    try:
        known = known_keys(database)
        read_lines(file or path(), known, lines, seen)
        if against is not None:
            hold_outside(against, known, lines, seen)
        last = last_row(database)
        walk_all(stretches(last, database, seen), work, found)
        no_stray_digests(last, database)
        nothing_cut_off(found.rows, seen)
        copied = copied or file is not None
        if not copied:
            newest.hold(found.rows, database, expected=bool(found.told and lines.hashes))
            lines = with_what_came_since(found.told, known, lines)
        hold_announced(found.told, lines, own_public(), copied)
    except BrokenCheckpointError as problem:
        return Verdict(found.rows, len(seen), None, str(problem))
    except BrokenError as problem:
        return Verdict(found.rows, len(seen), problem.sequence, problem.finding)
    anew = [row.sequence for row in found.told if row.action == BEGUN_ANEW]
    verdict = Verdict(found.rows, len(seen), begun_anew=anew[-1] if anew else None)
    return compared(verdict, database, work) if tables else verdict


verify = partial(examine, tables=False)
"""The same of the audit alone."""


def walk_all(parts: Iterable[Stretch], work: Work, found: Found) -> None:
    """Walk along every stretch, and add what is found. Raises BrokenError at the first row that
    does not hold.
    """
    for each in work.walked(parts):
        found.rows += each.rows
        found.told += each.told
        if each.broken is not None:
            raise BrokenError(*each.broken)


def compared(verdict: Verdict, database: str, work: Work) -> Verdict:
    """The verdict with how the clinic's tables are found."""
    found = work.compared(database)
    first = tuple(each.in_words(database) for each in islice(found, MOST_SHOWN))
    return replace(verdict, compared=True, differences=first, more=sum(1 for _ in found))


def stretches(last: int, database: str, seen: Mapping[int, Seen]) -> Iterator[Stretch]:
    """The whole chain in parts that can be walked side by side."""
    for after in range(0, last, A_STRETCH):
        end = min(after + A_STRETCH, last)
        points = {row: point for row, point in seen.items() if after < row <= end}
        yield Stretch(after + 1, end, database, points)


def last_row(database: str) -> int:
    """The number of the last row; 0 for an empty chain."""
    rows = AuditRow.objects.using(database).order_by("-sequence").values_list("sequence", flat=True)
    return next(iter(rows[:1]), 0)


def known_keys(database: str) -> set[str]:
    """The public keys of this clinic's checkpoints: its own now, and those that the audit names."""
    told = AuditRow.objects.using(database).filter(action__in=(ANNOUNCED, BEGUN_ANEW))
    found = own_public()
    for body in told.values_list("body", flat=True).iterator(AT_ONCE):
        place = body.find(KEY_IN_DETAIL)
        found |= {body[place + len(KEY_IN_DETAIL) :][:64]} if place >= 0 else set()
    return found


def read_lines(file: Path, known: set[str], lines: Lines, seen: dict[int, Seen]) -> None:
    """Read the file of checkpoints, each line found to be about this clinic."""
    clinic = str(the_clinic().pk)
    for each in read(file, known):
        point = each.point
        if point.clinic != clinic:
            raise BrokenError(
                point.sequence, f"The checkpoint at row {point.sequence} is of another clinic."
            )
        lines.add(each)
        seen[point.sequence] = Seen(point.hash, point.at)


def with_what_came_since(told: list[Told], known: set[str], lines: Lines) -> Lines:
    """The lines anew, where the audit announces one that was not there when they were read.

    The clinic may be at work: a line follows its row by a moment.
    """
    announced = max((row.sequence for row in told if row.action == ANNOUNCED), default=0)
    for wait in (0.0, 0.2, 1.0):
        if announced <= lines.farthest:
            break
        time.sleep(wait)
        lines = Lines()
        read_lines(path(), known, lines, {})
    return lines


def hold_outside(file: Path, known: set[str], lines: Lines, seen: dict[int, Seen]) -> None:
    """Hold the clinic's own file against a copy of it that was kept elsewhere."""
    outside = Lines()
    read_lines(file, known, outside, seen)
    if not outside.hashes:
        raise BrokenCheckpointError(f"{file.name} holds no checkpoint.")
    for number, (ours, theirs) in enumerate(zip(lines.hashes, outside.hashes, strict=False), 1):
        if ours != theirs:
            raise BrokenError(
                outside.sequences[number - 1],
                f"Line {number} of the file of checkpoints is not the one in {file.name}.",
            )


def no_stray_digests(last: int, database: str) -> None:
    """Raise BrokenError where digests are of a row that the audit does not have."""
    strays = WrittenRow.objects.using(database).filter(Q(sequence__lt=1) | Q(sequence__gt=last))
    of = strays.order_by("sequence").values_list("sequence", flat=True).first()
    if of is not None and (of < 1 or of > last_row(database)):
        raise BrokenError(of, f"Digests of rows say that row {of} wrote them; there is none.")


def nothing_cut_off(rows: int, points: Mapping[int, Seen]) -> None:
    """No checkpoint saw a row behind the last one."""
    farthest = max(points, default=0)
    if farthest > rows:
        raise BrokenError(
            rows + 1,
            f"The tail is missing: the chain ends at row {rows}, and the checkpoint of "
            f"{points[farthest].at} saw row {farthest}.",
        )


def verify_and_record(
    by: Actor, now: datetime, *, against: Path | None = None, work: Work = ALONE
) -> Verdict:
    """Examine, and write into the audit who asked and what was found."""
    verdict = examine(against=against, work=work)
    with writing():
        chain.tell(
            by,
            "audit.verified",
            now,
            subject="audit.AuditRow",
            subject_id=str(verdict.sequence or ""),
            detail=str(verdict),
        )
    return verdict
