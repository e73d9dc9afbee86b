"""A correction is judged as what it makes of the log, never by its own kind alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from mooring.core.session.entries import Content, Correction, Entry, SignOff
from mooring.core.session.standing import Log, Standing, as_if_written, resolve, root_of
from mooring.core.session.view import Blocker


@dataclass(frozen=True)
class Replaced:
    """What an entry would say once a correction is taken, and the log around it."""

    entry: Entry
    """As if it had been written so: under the id and the sequence of the entry first written."""
    others: tuple[Entry, ...]
    """All other entries as they count, also those after it."""
    before: tuple[Entry, ...]
    """Those of them that come before it."""


def forbidden(entries: Sequence[Entry], correction: Correction, now: datetime) -> Blocker | None:
    """Why this correction cannot be, whatever it makes of the log; None where nothing says so."""
    root = root_of(entries, correction.corrects)
    if root is None:
        return Blocker("no_such_entry", "There is no such entry in this session to correct", ())
    if isinstance(root.content, SignOff):
        return _signature(entries, root, correction, now)
    kind = None if correction.replacement is None else correction.replacement.kind
    if kind is not None and kind != root.content.kind:
        words = (
            f"A correction keeps the kind of its entry: {_words(root.content.kind)} does not "
            f"become {_words(kind)}. Strike it, and write the other anew"
        )
        return Blocker("other_kind", words, ())
    return None


def replaced(
    entries: Sequence[Entry], proposed: Entry, correction: Correction, now: datetime
) -> Replaced | None:
    """What would count anew with the correction folded in; None where nothing would.

    That is so where an entry is struck, and where a newer correction speaks in its place. Asked
    once nothing forbids the correction: it leads to an entry.
    """
    root = cast(Entry, root_of(entries, correction.corrects))
    counted = _find(resolve(entries, now).log, root.id)
    log = resolve([*entries, proposed], now).log
    anew = _find(log, root.id)
    if anew is None or (counted is not None and _said(counted) == _said(anew)):
        return None
    others = tuple(s for s in log if s.id != root.id)
    (entry,) = as_if_written((anew,))
    before = tuple(s for s in others if s.order < anew.order)
    return Replaced(entry, tuple(as_if_written(others)), tuple(as_if_written(before)))


def _signature(
    entries: Sequence[Entry], root: Entry, correction: Correction, now: datetime
) -> Blocker | None:
    if correction.replacement is not None or correction.corrects != root.id:
        words = "A signature is not replaced: strike it with a reason, then sign anew"
        return Blocker("signature", words, ())
    if _find(resolve(entries, now).log, root.id) is None:
        return Blocker("signature", "This signature is struck already: sign anew", ())
    return None


def _find(log: Log, entry_id: UUID) -> Standing[Content] | None:
    return next((standing for standing in log if standing.id == entry_id), None)


def _said(standing: Standing[Content]) -> tuple[Content, datetime]:
    return standing.content, standing.at


def _words(kind: str) -> str:
    return kind.replace("_", " ")
