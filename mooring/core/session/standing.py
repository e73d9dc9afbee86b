"""Which entries count at a moment, and with which content, once corrections are applied.

A correction speaks for the entry it names. A correction of a correction speaks in its place; one
that strikes a correction withdraws it, as if it had never been made. Of several corrections to one
entry the newest (by server sequence) that was not withdrawn counts. A correction that leads to no
entry of the log changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar, cast
from uuid import UUID

from mooring.core.session.entries import AnyContent, Content, Correction, Entry, Reading

C = TypeVar("C", bound=Content, covariant=True)
Kind = TypeVar("Kind", bound=Content)


@dataclass(frozen=True)
class Standing(Generic[C]):
    """An entry as it counts: corrected content at its corrected time, under its first id."""

    id: UUID
    at: datetime
    """In UTC, in which a difference is elapsed time whatever the clocks do."""
    sequence: int
    """Of the entry first written: its place among the entries of one moment."""
    written: int
    """Sequence of the entry that gave this content: the same, or that of a correction."""
    author: str
    content: C

    @property
    def order(self) -> tuple[datetime, bool, int]:
        """Clinical order. At one moment a device reading comes before what a person wrote."""
        device = isinstance(self.content, Reading) and self.content.origin == "device"
        return self.at, not device, self.sequence


Log = tuple[Standing[Content], ...]


@dataclass(frozen=True)
class Resolution:
    """The standing entries in clinical order, and for each entry overtaken: by which one."""

    log: Log
    overtaken_by: Mapping[UUID, Entry]


def resolve(entries: Sequence[Entry], now: datetime) -> Resolution:
    """Apply the corrections made up to `now` and keep what is effective up to `now`."""
    children = _reachable(entries, now)
    originals = [entry for entry in entries if not isinstance(entry.content, Correction)]
    standing = [found for entry in originals if (found := _standing(entry, children)) is not None]
    log = sorted((s for s in standing if s.at <= now), key=lambda s: s.order)
    overtaken = {e.id: by for e in entries if (by := _overtaken_by(e, children)) is not None}
    return Resolution(tuple(log), overtaken)


def root_of(entries: Sequence[Entry], entry_id: UUID) -> Entry | None:
    """The entry at which a chain of corrections begins; None where it leads to no entry."""
    by_id = {entry.id: entry for entry in entries}
    seen: set[UUID] = set()
    found = by_id.get(entry_id)
    while found is not None and isinstance(found.content, Correction):
        if found.id in seen:
            return None
        seen.add(found.id)
        found = by_id.get(found.content.corrects)
    return found


def as_if_written(log: Log) -> list[Entry]:
    """The entries that count, as if each had been written as it counts and nothing corrected."""
    return [
        Entry(
            id=standing.id,
            sequence=standing.sequence,
            effective_at=standing.at,
            recorded_at=standing.at,
            author=standing.author,
            content=cast(AnyContent, standing.content),
        )
        for standing in log
    ]


def of(log: Iterable[Standing[Content]], kind: type[Kind]) -> list[Standing[Kind]]:
    """The entries of one kind, in the order of `log`."""
    return [cast(Standing[Kind], s) for s in log if isinstance(s.content, kind)]


@dataclass(frozen=True)
class _Version:
    """What an entry says after correction; content None means it is struck."""

    given_by: Entry
    content: Content | None
    at: datetime


_Children = Mapping[UUID, Sequence[Entry]]


def _reachable(entries: Sequence[Entry], now: datetime) -> _Children:
    """Corrections by the entry they name, newest first; only those that lead to an original.

    Two corrections that name each other lead nowhere and are left out, so that following the
    children always ends.
    """
    named: dict[UUID, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: e.sequence, reverse=True):
        if isinstance(entry.content, Correction) and entry.effective_at <= now:
            named.setdefault(entry.content.corrects, []).append(entry)
    open_ids = [e.id for e in entries if not isinstance(e.content, Correction)]
    children: dict[UUID, list[Entry]] = {}
    while open_ids:
        target = open_ids.pop()
        children[target] = named.get(target, [])
        open_ids.extend(entry.id for entry in children[target])
    return children


def _standing(entry: Entry, children: _Children) -> Standing[Content] | None:
    own = _Version(entry, entry.content, entry.effective_at)
    version = _newest(entry.id, entry.effective_at, children) or own
    if version.content is None:
        return None
    by, at = version.given_by, version.at.astimezone(UTC)
    return Standing(entry.id, at, entry.sequence, by.sequence, by.author, version.content)


def _newest(target: UUID, at: datetime, children: _Children) -> _Version | None:
    """What the newest correction of `target` that was not withdrawn says; None without one."""
    outcomes = (_outcome(entry, at, children) for entry in children.get(target, ()))
    return next((found for found in outcomes if found is not None), None)


def _outcome(entry: Entry, at: datetime, children: _Children) -> _Version | None:
    """What a correction comes to after its own corrections; None when it was withdrawn."""
    correction = cast(Correction, entry.content)
    own_time = correction.replacement_effective_at or at
    later = _newest(entry.id, own_time, children)
    if later is None:
        return _Version(entry, correction.replacement, own_time)
    return later if later.content is not None else None


def _overtaken_by(entry: Entry, children: _Children) -> Entry | None:
    """The entry that speaks in place of this one: its own correction, or a newer one beside it."""
    own = _newest(entry.id, entry.effective_at, children)
    if own is not None:
        return own.given_by
    if not isinstance(entry.content, Correction):
        return None
    beside = children.get(entry.content.corrects, ())
    newer = [e for e in beside if e.sequence > entry.sequence]
    outcomes = (_outcome(e, e.effective_at, children) for e in newer)
    return next((found.given_by for found in outcomes if found is not None), None)
