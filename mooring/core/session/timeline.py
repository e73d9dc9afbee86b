"""The timeline: every entry as it was written, with what corrections did to it."""

from collections.abc import Sequence

from mooring.core.session.entries import Correction, Entry
from mooring.core.session.readable import readable
from mooring.core.session.standing import Resolution
from mooring.core.session.view import TimelineItem


def timeline(entries: Sequence[Entry], resolution: Resolution) -> tuple[TimelineItem, ...]:
    """All entries by the time they speak of; nothing is left out, also not what lies ahead."""
    ordered = sorted(entries, key=lambda entry: (entry.effective_at, entry.sequence))
    return tuple(_item(entry, resolution.overtaken_by.get(entry.id)) for entry in ordered)


def _item(entry: Entry, by: Entry | None) -> TimelineItem:
    reason = by.content.reason if by is not None and isinstance(by.content, Correction) else None
    return TimelineItem(
        entry=entry,
        text=readable(entry),
        struck=by is not None,
        corrected_by=None if by is None else by.id,
        correction_reason=reason,
    )
