"""Which of several entries about one resource counts: the latest version, or its deletion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from mooring.exchange.fhir.dates import read_date
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.entry import Entry
from mooring.exchange.fhir.unfit import UnfitError

_OLDEST = datetime(1, 1, 1, tzinfo=UTC)


def marked(entries: Sequence[Entry]) -> list[Entry]:
    """The entries, those overtaken by a later version of themselves marked as such."""
    by_resource: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.id:
            by_resource[entry.type, entry.id].append(entry)
        elif entry.full_url:
            by_resource["", entry.full_url].append(entry)
    found = list(entries)
    for several in by_resource.values():
        if len(several) > 1:
            _mark(several, found)
    return found


def _mark(several: list[Entry], found: list[Entry]) -> None:
    latest = _latest(several)
    if latest.deletes:
        why = f"The source takes it back in entry {latest.position + 1}."
    else:
        why = f"A later version of it is in the same file, as entry {latest.position + 1}."
    for entry in several:
        if entry is not latest:
            found[entry.position] = entry.no_longer(why)


def _latest(several: list[Entry]) -> Entry:
    """By the time of the last change where each has one, else by version, else by place."""
    changed = [_changed(entry) for entry in several]
    numbers = [_version(entry) for entry in several]
    if len(set(changed)) > 1 and None not in changed:
        return max(zip(changed, several, strict=True), key=lambda pair: pair[0] or _OLDEST)[1]
    if len(set(numbers)) > 1 and None not in numbers:
        return max(zip(numbers, several, strict=True), key=lambda pair: pair[0] or 0)[1]
    return several[-1]


def _meta(entry: Entry) -> Element | None:
    meta = entry.resource.data.get("meta")
    return Element(meta, entry.resource.place) if isinstance(meta, dict) else None


def _changed(entry: Entry) -> datetime | None:
    meta = _meta(entry)
    try:
        read = read_date(meta, "lastUpdated") if meta else None
    except UnfitError:
        return None
    return read.moment if read else None


def _version(entry: Entry) -> int | None:
    meta = _meta(entry)
    number = meta.data.get("versionId") if meta else None
    if not isinstance(number, str) or not number.isascii() or not number.isdigit():
        return None
    return int(number) if len(number) < 20 else None
