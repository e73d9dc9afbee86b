"""Whether a bundle is the whole of a record, as far as the bundle itself says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.entry import Entry
from mooring.exchange.fhir.unfit import UnfitError

# Codes of an outcome that say that results are missing (FHIR R4, issue-type).
_MISSING = {
    "incomplete": "that it is incomplete",
    "suppressed": "that something was left out",
    "too-costly": "that it was too much to send whole",
    "timeout": "that it ran out of time",
    "throttled": "that it was slowed down",
}


def incomplete(bundle: Element, entries: Sequence[Entry]) -> str:
    """Why the bundle is not the whole, in a sentence; empty where nothing says so."""
    found = [*_page(bundle, entries), *_outcomes(entries)]
    return " ".join(dict.fromkeys(found))[:300]


def _page(bundle: Element, entries: Sequence[Entry]) -> Iterator[str]:
    if bundle.data.get("type") != "searchset":
        return
    total, here = _whole_number(bundle.data.get("total")), _matches(entries)
    if total is not None and total > here:
        yield f"It is one page of a search: {here} of {total} entries."
    if "next" in _relations(bundle):
        yield "It names a next page, which is not in it."


def _matches(entries: Sequence[Entry]) -> int:
    """What the total counts: the matches, without what is included with them (FHIR R4, 3.1.1)."""
    modes = [entry.mode for entry in entries]
    if "match" in modes:
        return modes.count("match")
    return len([entry for entry in entries if entry.type != "OperationOutcome"])


def mode(entry: dict[str, Any]) -> str | None:
    """Why a search found an entry, as its data says."""
    search = entry.get("search")
    found = search.get("mode") if isinstance(search, dict) else None
    return found if isinstance(found, str) else None


def _relations(bundle: Element) -> set[str]:
    links = bundle.data.get("link")
    found = links if isinstance(links, list) else []
    return {str(link.get("relation")) for link in found if isinstance(link, dict)}


def _outcomes(entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries:
        if entry.type == "OperationOutcome" and entry.stands:
            for code in _codes(entry.resource):
                if code in _MISSING:
                    yield f"Its source says {_MISSING[code]} (entry {entry.position + 1})."


def _codes(outcome: Element) -> list[str | None]:
    try:
        return [issue.text("code") for issue in outcome.children("issue")]
    except UnfitError:
        return []


def _whole_number(value: Any) -> int | None:
    """The total; a count is no number with decimals, and none that cannot be written out."""
    try:
        return int(value) if value is not None and value == int(value) else None
    except (TypeError, ValueError, OverflowError, ArithmeticError):
        return None
