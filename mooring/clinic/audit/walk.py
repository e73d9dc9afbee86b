"""One stretch of the chain: each row held against the one before it, its columns and its digests.

Read by raw cursors and compared as text; a row is taken apart only where its text does not say
plainly what its columns say. A stretch needs nothing but the hash before it, so that several
processes can each take one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.db import connections

from mooring.clinic import home
from mooring.clinic.audit import chain
from mooring.clinic.audit.models import AuditRow

AT_ONCE = 2000
"""Rows held in memory at a time."""
KEPT_WORDS = ("audit.checkpoint", "audit.checkpoints_begun_anew", "audit.restored")
"""Rows about the file of checkpoints: what they say is given back."""


class BrokenError(Exception):
    """A row that does not hold, and why."""

    def __init__(self, sequence: int, finding: str) -> None:
        super().__init__(finding)
        self.sequence = sequence
        self.finding = finding


@dataclass(frozen=True)
class Seen:
    """What a checkpoint says of a row: its hash, and when it was seen."""

    hash: str
    at: str


@dataclass(frozen=True)
class Told:
    """A row about the file of checkpoints."""

    sequence: int
    action: str
    detail: str


@dataclass
class Stretch:
    """A part of the chain, from one row to another, both within."""

    first: int
    last: int
    database: str
    points: Mapping[int, Seen] = field(default_factory=dict)
    """What checkpoints saw within it."""


@dataclass
class Found:
    """What a walk along one stretch found."""

    rows: int = 0
    """How many rows are whole, up to the first that is not."""
    broken: tuple[int, str] | None = None
    """The first row that does not hold, and why."""
    told: list[Told] = field(default_factory=list)


def walk(stretch: Stretch) -> Found:
    """Hold every row of a stretch; stops at the first that does not."""
    found = Found()
    try:
        _walk(stretch, found)
    except BrokenError as problem:
        found.broken = (problem.sequence, problem.finding)
    return found


Raw = tuple[int, str, str, Any, str, str, Any]


def _walk(stretch: Stretch, found: Found) -> None:
    key = home.key("audit.key")
    last = stretch.first - 1
    previous = hash_of(last, stretch.database)
    digests = Digests(stretch)
    points = stretch.points
    for raw in rows(stretch):
        sequence, body, digest, at, actor_name, action, patient = raw
        if sequence != last + 1:
            raise BrokenError(last + 1, missing(last + 1, sequence))
        if chain.link(key, previous, sequence, body) != digest:
            raise BrokenError(sequence, diagnosis(key, previous, whole(sequence, stretch)))
        if not plainly_the_same(body, at, actor_name, action, patient):
            same_columns(whole(sequence, stretch))
        if sequence in points:
            hold_against(points[sequence], sequence, digest)
        digests.hold_against(sequence, body)
        if action in KEPT_WORDS:
            found.told.append(Told(sequence, action, json.loads(body)["detail"]))
        found.rows += 1
        previous, last = digest, sequence
    if last != stretch.last:
        raise BrokenError(last + 1, missing(last + 1, next_row(last, stretch.database)))
    digests.hold_nothing_more()


def hash_of(sequence: int, database: str) -> str:
    """The hash that stands in a row; the one of before the first row where there is none."""
    if sequence == 0:
        return chain.GENESIS
    found = AuditRow.objects.using(database).filter(sequence=sequence).values_list("hash")
    return next((digest for (digest,) in found), "")


def next_row(after: int, database: str) -> int:
    """The number of the first row behind a gap."""
    later = AuditRow.objects.using(database).filter(sequence__gt=after).order_by("sequence")
    return next(iter(later.values_list("sequence", flat=True)[:1]))


def whole(sequence: int, stretch: Stretch) -> AuditRow:
    """The row with all its columns."""
    return AuditRow.objects.using(stretch.database).get(sequence=sequence)


def rows(stretch: Stretch) -> Iterator[Raw]:
    """The rows of a stretch, in order."""
    # Without the name of a column SQLite's driver leaves the day as the text that is stored.
    at = "at || ''" if connections[stretch.database].vendor == "sqlite" else "at"
    yield from pages(
        stretch,
        f"SELECT sequence, body, hash, {at}, actor_name, action, patient"  # noqa: S608
        " FROM audit_auditrow WHERE sequence > %s AND sequence <= %s ORDER BY sequence LIMIT %s",
    )


def pages(stretch: Stretch, sql: str) -> Iterator[Any]:
    """Rows of a query that takes after, last and how many, by the number in their first column."""
    after = stretch.first - 1
    with connections[stretch.database].cursor() as cursor:
        while True:
            cursor.execute(sql, [after, stretch.last, AT_ONCE])
            page = cursor.fetchall()
            yield from page
            if len(page) < AT_ONCE:
                return
            after = page[-1][0]


def plainly_the_same(body: str, at: Any, actor_name: str, action: str, patient: Any) -> bool:
    """The columns for search stand in the hashed body, word for word.

    A quotation mark within a value is written with a backslash, so what is looked for here can
    stand nowhere else in the body. False does not say that they differ: they may be written
    otherwise.
    """
    day = f"{at.replace(' ', 'T')}+00:00" if isinstance(at, str) else utc(at)
    key = f'"{with_dashes(patient)}"' if patient else "null"
    return (
        body.startswith(f'{{"action":{quoted(action)},"actor":"')
        and f',"actor_name":{quoted(actor_name)},"at":"{day}","detail":"' in body
        and f',"patient":{key},' in body
    )


@lru_cache(4096)
def quoted(text: str) -> str:
    """A text as bodies write it."""
    return json.dumps(text, ensure_ascii=True)


def utc(at: datetime) -> str:
    """A time as bodies write it."""
    return at.astimezone(UTC).isoformat()


@lru_cache(4096)
def with_dashes(key: Any) -> str:
    """A key as bodies write it; SQLite stores it without dashes."""
    text = str(key)
    if len(text) != 32:
        return text
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class Digests:
    """The digests that each action left, held against what its audit row says of them."""

    def __init__(self, stretch: Stretch) -> None:
        lines = _digests(stretch)
        self._groups = groupby(lines, key=lambda line: line[0])
        self._next = next(self._groups, None)

    def hold_against(self, sequence: int, body: str) -> None:
        """Raise BrokenError when the digests of that row's action are not those it wrote."""
        place = body.find(',"rows":"')
        said = body[place + 9 : place + 73] if place >= 0 else None
        found = None
        if self._next is not None and self._next[0] <= sequence:
            lines = self._next[1]
            found = chain.bound(f"{table} {with_dashes(key)} {d}" for _, _, table, key, d in lines)
            of = self._next[0]
            self._next = next(self._groups, None)
            if of != sequence:
                raise BrokenError(of, f"Digests of rows say that row {of} wrote them; it did not.")
        if said != found:
            raise BrokenError(
                sequence,
                f"The digests of what row {sequence} wrote were changed after it was written.",
            )

    def hold_nothing_more(self) -> None:
        """Raise BrokenError where digests are of a row that the audit does not have."""
        if self._next is not None:
            of = self._next[0]
            raise BrokenError(of, f"Digests of rows say that row {of} wrote them; there is none.")


def _digests(stretch: Stretch) -> Iterator[tuple[int, int, str, Any, str]]:
    """Of a stretch, all that its actions wrote, in the order of the audit."""
    sql = (
        'SELECT sequence, id, "table", row, digest FROM audit_writtenrow'
        " WHERE sequence > %s AND sequence <= %s ORDER BY sequence, id"
    )
    if connections[stretch.database].vendor == "postgresql":
        sql = sql.replace(" row,", ' "row",')
    step = 1000
    with connections[stretch.database].cursor() as cursor:
        for after in range(stretch.first - 1, stretch.last, step):
            cursor.execute(sql, [after, min(after + step, stretch.last)])
            yield from cursor.fetchall()


def hold_against(seen: Seen, sequence: int, digest: str) -> None:
    """A row that a checkpoint saw has the hash that the checkpoint saw."""
    if seen.hash != digest:
        raise BrokenError(
            sequence,
            f"Row {sequence} is not the row that the checkpoint of {seen.at} saw: the chain "
            "up to here was written anew.",
        )


def missing(first: int, found: int) -> str:
    """The sentence for rows that are not there."""
    gap = f"Row {first} is" if found == first + 1 else f"Rows {first} to {found - 1} are"
    return f"{gap} missing: the next row found is {found}."


def diagnosis(key: bytes, previous: str, row: AuditRow) -> str:
    """What was done to a row whose hash does not follow from the row before."""
    place = row.sequence
    later = AuditRow.objects.using(row._state.db).filter(sequence__gt=place)
    for other in later.order_by("sequence").iterator(AT_ONCE):
        expected = chain.link(key, previous, place, other.body)
        next_one = other.sequence == place + 1 and expected == other.hash
        if next_one and chain.link(key, expected, place + 1, row.body) != row.hash:
            return f"Row {place} was inserted: what stood in its place is row {place + 1} now."
        if expected in (row.hash, other.hash):
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
    try:
        body: dict[str, Any] = json.loads(row.body)
        columns = {
            "at": row.at == datetime.fromisoformat(body["at"]),
            "actor_name": row.actor_name == body["actor_name"],
            "action": row.action == body["action"],
            "patient": (str(row.patient) if row.patient else None) == body["patient"],
        }
    except (ValueError, KeyError, TypeError) as problem:
        raise BrokenError(row.sequence, f"The body of row {row.sequence} says no event.") from (
            problem
        )
    differing = [name for name, same in columns.items() if not same]
    if differing:
        raise BrokenError(
            row.sequence,
            f"In row {row.sequence} the search column {', '.join(differing)} says something else "
            "than the hashed body.",
        )
