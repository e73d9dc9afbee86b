"""Is the audit whole? Walks the chain once and names the first row that does not hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS

from mooring.clinic import home
from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.actions import Actor, writing
from mooring.clinic.audit import chain, checkpoints
from mooring.clinic.audit.models import AuditRow, WrittenRow
from mooring.clinic.audit.tables import differences

AT_ONCE = 2000
"""Rows held in memory at a time."""
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
        return f"All {self.rows} rows are whole, held against {against}.{tables}"


class BrokenError(Exception):
    """A row that does not hold, and why."""

    def __init__(self, sequence: int, finding: str) -> None:
        super().__init__(finding)
        self.sequence = sequence
        self.finding = finding


def verify(database: str = DEFAULT_DB_ALIAS, file: Path | None = None) -> Verdict:
    """Check every row against the one before it, its own columns and the signed checkpoints.

    `database` and `file` name a copy to check; without them it is the clinic's own.
    """
    rows, points = 0, dict[int, checkpoints.Checkpoint]()
    try:
        points = {point.sequence: point for point in own(checkpoints.read(file))}
        kept = Kept(database)
        for row in walk(database):
            hold_against(points.get(row.sequence), row)
            kept.hold_against(row)
            rows += 1
        kept.hold_nothing_more()
        nothing_cut_off(rows, points)
    except checkpoints.BrokenCheckpointError as problem:
        return Verdict(rows, len(points), None, str(problem))
    except BrokenError as problem:
        return Verdict(rows, len(points), problem.sequence, problem.finding)
    return Verdict(rows, len(points))


def examine(database: str = DEFAULT_DB_ALIAS, file: Path | None = None) -> Verdict:
    """Verify the audit, and where it is whole compare the clinic's tables with it, row by row."""
    verdict = verify(database, file)
    if not verdict.whole:
        return verdict
    found = differences(database)
    first = tuple(each.in_words(database) for each in islice(found, MOST_SHOWN))
    return replace(verdict, compared=True, differences=first, more=sum(1 for _ in found))


class Kept:
    """The digests that each action left, held against what its audit row says of them."""

    def __init__(self, database: str) -> None:
        lines = WrittenRow.objects.using(database).order_by("sequence", "pk").iterator(AT_ONCE)
        self._groups = groupby(lines, key=lambda line: line.sequence)
        self._next = next(self._groups, None)

    def hold_against(self, row: AuditRow) -> None:
        """Raise BrokenError when the digests of that row's action are not those it wrote."""
        said = json.loads(row.body).get("rows")
        found = None
        if self._next is not None and self._next[0] <= row.sequence:
            found = chain.bound(self._next[1])
            of = self._next[0]
            self._next = next(self._groups, None)
            if of != row.sequence:
                raise BrokenError(of, f"Digests of rows say that row {of} wrote them; it did not.")
        if said != found:
            raise BrokenError(
                row.sequence,
                f"The digests of what row {row.sequence} wrote were changed after it was written.",
            )

    def hold_nothing_more(self) -> None:
        """Raise BrokenError where digests are of a row that the audit does not have."""
        if self._next is not None:
            of = self._next[0]
            raise BrokenError(of, f"Digests of rows say that row {of} wrote them; there is none.")


def walk(database: str) -> Iterator[AuditRow]:
    """The rows in order, each after it was found whole; memory does not grow with the chain."""
    key, previous, last = home.key("audit.key"), chain.GENESIS, 0
    for row in AuditRow.objects.using(database).order_by("sequence").iterator(AT_ONCE):
        if row.sequence != last + 1:
            raise BrokenError(last + 1, missing(last + 1, row.sequence))
        if row.hash != chain.link(key, previous, row.sequence, row.body):
            raise BrokenError(row.sequence, diagnosis(key, previous, row))
        same_columns(row)
        yield row
        previous, last = row.hash, row.sequence


def missing(first: int, found: int) -> str:
    """The sentence for rows that are not there."""
    gap = f"Row {first} is" if found == first + 1 else f"Rows {first} to {found - 1} are"
    return f"{gap} missing: the next row found is {found}."


def diagnosis(key: bytes, previous: str, row: AuditRow) -> str:
    """What was done to a row whose hash does not follow from the row before."""
    place = row.sequence
    later = AuditRow.objects.using(row._state.db).filter(sequence__gt=place)
    for other in later.order_by("sequence").iterator(AT_ONCE):
        if chain.link(key, previous, place, other.body) in (row.hash, other.hash):
            return f"Row {place} and row {other.sequence} were swapped."
    following = later.filter(sequence=place + 1).first()
    if following is not None:
        if following.hash == chain.link(key, row.hash, place + 1, following.body):
            return f"The body of row {place} was edited after it was written."
        expected = chain.link(key, previous, place, row.body)
        if following.hash == chain.link(key, expected, place + 1, following.body):
            return f"The hash of row {place} was edited after it was written."
    return (
        f"Row {place} does not follow from row {place - 1}: it was edited, inserted, renumbered "
        "or written with another key."
    )


def same_columns(row: AuditRow) -> None:
    """The columns for search say what the hashed body says."""
    body: dict[str, Any] = json.loads(row.body)
    columns = {
        "at": row.at == datetime.fromisoformat(body["at"]),
        "actor_name": row.actor_name == body["actor_name"],
        "action": row.action == body["action"],
        "patient": (str(row.patient) if row.patient else None) == body["patient"],
    }
    differing = [name for name, same in columns.items() if not same]
    if differing:
        raise BrokenError(
            row.sequence,
            f"In row {row.sequence} the search column {', '.join(differing)} says something else "
            "than the hashed body.",
        )


def own(points: Iterator[checkpoints.Checkpoint]) -> Iterator[checkpoints.Checkpoint]:
    """The checkpoints, each found to be about this clinic."""
    clinic = str(the_clinic().pk)
    for point in points:
        if point.clinic != clinic:
            raise BrokenError(
                point.sequence, f"The checkpoint at row {point.sequence} is of another clinic."
            )
        yield point


def hold_against(point: checkpoints.Checkpoint | None, row: AuditRow) -> None:
    """A row that a checkpoint saw has the hash that the checkpoint saw."""
    if point is not None and point.hash != row.hash:
        raise BrokenError(
            row.sequence,
            f"Row {row.sequence} is not the row that the checkpoint of {point.at} saw: the chain "
            "up to here was written anew.",
        )


def nothing_cut_off(rows: int, points: dict[int, checkpoints.Checkpoint]) -> None:
    """No checkpoint saw a row behind the last one."""
    farthest = max(points, default=0)
    if farthest > rows:
        raise BrokenError(
            rows + 1,
            f"The tail is missing: the chain ends at row {rows}, and the checkpoint of "
            f"{points[farthest].at} saw row {farthest}.",
        )


def verify_and_record(by: Actor, now: datetime) -> Verdict:
    """Examine, and write into the audit who asked and what was found."""
    verdict = examine()
    with writing():
        chain.append(
            at=now.astimezone(UTC),
            actor=by.key,
            actor_name=by.name,
            action="audit.verified",
            subject="audit.AuditRow",
            subject_id=str(verdict.sequence or ""),
            patient=None,
            detail=str(verdict),
        )
    return verdict
