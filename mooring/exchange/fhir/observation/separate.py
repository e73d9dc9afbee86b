"""Systolic and diastolic as observations of their own → one blood pressure of one moment.

They belong together when a panel names both as its members, or when they alone have this moment and
nothing that both say of it (visit, observer, device, place on the body, method) differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from mooring.exchange.fhir import references
from mooring.exchange.fhir.coding import codes
from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.entry import Entry
from mooring.exchange.fhir.observation.blood_pressure import NAMES, millimetres, row_of
from mooring.exchange.fhir.observation.kinds import BLOOD_PRESSURE, DIASTOLIC, SYSTOLIC
from mooring.exchange.fhir.observation.taken import ABOUT_ANOTHER, HOLDS, taken_at
from mooring.exchange.fhir.reading import (
    Context,
    NotUnderstood,
    Reading,
    changed_by_modifier,
    left_over,
)
from mooring.exchange.fhir.systems import LOINC
from mooring.exchange.fhir.unfit import UnfitError

_CIRCUMSTANCES = ("encounter", "performer", "device", "bodySite", "method")
_READ = ("status", "code", "valueQuantity", "effectiveDateTime", "effectiveInstant")
_PANEL = ("status", "code", "hasMember", "effectiveDateTime", "effectiveInstant")
FROM_TWO = "put together from two observations of this moment"
FROM_MEMBERS = "put together from the members of a panel"
Found = dict[int, Reading | NotUnderstood]


@dataclass(frozen=True)
class Single:
    """One pressure with the moment it was taken at."""

    entry: Entry
    code: str
    value: Decimal
    moment: datetime
    circumstances: tuple[str | None, ...]
    """What it says of how it was taken, to be compared."""

    def agrees(self, other: Single) -> bool:
        """True unless both say something of one circumstance, and not the same."""
        pairs = zip(self.circumstances, other.circumstances, strict=True)
        return all(one is None or two is None or one == two for one, two in pairs)


def joined(entries: Iterable[Entry], context: Context) -> Found:
    """What becomes of every single pressure and of every panel of members, by position."""
    found: Found = {}
    singles: list[Single] = []
    panels: list[Entry] = []
    for entry in entries:
        try:
            read = _sorted(entry, context)
        except UnfitError as unfit:
            read = NotUnderstood(unfit.reason)
        if isinstance(read, Single):
            singles.append(read)
        elif isinstance(read, Entry):
            panels.append(read)
        elif read is not None:
            found[entry.position] = read
    for panel in panels:
        free = [each for each in singles if each.entry.position not in found]
        found.update(_of_panel(panel, free, context))
    free = [each for each in singles if each.entry.position not in found]
    return {**found, **_of_moments(free, context)}


def _sorted(entry: Entry, context: Context) -> Single | Entry | NotUnderstood | None:
    """A single pressure, a panel of members, or None for any other observation."""
    kinds = codes(entry.resource.child("code"), LOINC)
    if not kinds & BLOOD_PRESSURE:
        return _single(entry, kinds, context) if kinds & NAMES.keys() else None
    if "hasMember" not in entry.resource or "component" in entry.resource:
        return None
    resource = entry.resource
    taken = taken_at(resource, context) if _has_moment(resource) else None
    status = resource.text("status", most=40)
    if isinstance(taken, str):
        return NotUnderstood(taken)
    return changed_by_modifier(resource, context) or (
        entry if status in HOLDS else not_finished(status)
    )


def _single(entry: Entry, kinds: set[str], context: Context) -> Single | NotUnderstood:
    resource = entry.resource
    modified = changed_by_modifier(resource, context)
    if modified is not None:
        return modified
    status = resource.text("status", most=40)
    if status not in HOLDS:
        return not_finished(status)
    if "focus" in resource:
        return NotUnderstood(ABOUT_ANOTHER, taken_back=True)
    ours = sorted(kinds & NAMES.keys())
    if len(ours) > 1:
        return NotUnderstood("It is coded as systolic and as diastolic at once.")
    value, taken = millimetres(resource, NAMES[ours[0]]), taken_at(resource, context)
    if isinstance(value, str):
        return NotUnderstood(value)
    if isinstance(taken, str):
        return NotUnderstood(taken)
    if taken[1]:
        name = NAMES[ours[0]]
        return NotUnderstood(f"A {name} pressure alone: it has a day but no time of day.")
    said = tuple(_plain(resource.data.get(name)) for name in _CIRCUMSTANCES)
    return Single(entry, ours[0], value, taken[0], said)


def not_finished(status: str | None) -> NotUnderstood:
    """An observation whose status says that it is no finished result."""
    reason = f"Its status is {status or 'missing'}: it is not a finished result."
    return NotUnderstood(reason, taken_back=status in ("entered-in-error", "cancelled"))


def _of_panel(panel: Entry, singles: list[Single], context: Context) -> Found:
    named = set(_members(panel.resource))
    mine = [each for each in singles if each.entry.addresses & named]
    systolic, diastolic = _parted(mine)
    if (len(systolic), len(diastolic)) != (1, 1):
        reason = (
            f"Its members in this file are {len(systolic)} systolic and {len(diastolic)} diastolic"
            " values that can be read; one of each is needed."
        )
        return {panel.position: NotUnderstood(reason)}
    own = taken_at(panel.resource, context) if _has_moment(panel.resource) else ""
    moments = {each.moment for each in mine} | ({own[0]} if isinstance(own, tuple) else set())
    if len(moments) > 1:
        return {panel.position: NotUnderstood("It and its members are of different moments.")}
    result = _together(systolic[0], diastolic[0], context, FROM_MEMBERS)
    of_both = result[systolic[0].entry.position]
    if isinstance(of_both, NotUnderstood):
        return {**result, panel.position: of_both}
    left = left_over(panel.resource, *_PANEL)
    further = ("further members",) if len(named) > len(mine) else ()
    return {**result, panel.position: Reading((), (*left, *further))}


def _of_moments(singles: list[Single], context: Context) -> Found:
    by_moment: dict[datetime, list[Single]] = defaultdict(list)
    for each in singles:
        by_moment[each.moment].append(each)
    found: Found = {}
    for several in by_moment.values():
        found.update(_of_moment(several, context))
    return found


def _of_moment(several: list[Single], context: Context) -> Found:
    systolic, diastolic = _parted(several)
    if (len(systolic), len(diastolic)) == (1, 1) and systolic[0].agrees(diastolic[0]):
        return _together(systolic[0], diastolic[0], context, FROM_TWO)
    found: Found = {}
    for alike in _alike(several):
        systolic, diastolic = _parted(alike)
        if len(several) > 2 and (len(systolic), len(diastolic)) == (1, 1):
            found.update(_together(systolic[0], diastolic[0], context, FROM_TWO))
        else:
            found.update({each.entry.position: _alone(each, several) for each in alike})
    return found


def _alike(several: list[Single]) -> Iterator[list[Single]]:
    by_circumstances: dict[tuple[str | None, ...], list[Single]] = defaultdict(list)
    for each in several:
        by_circumstances[each.circumstances].append(each)
    yield from by_circumstances.values()


def _alone(single: Single, several: list[Single]) -> NotUnderstood:
    name = NAMES[single.code]
    other = "diastolic" if single.code == SYSTOLIC else "systolic"
    if not any(each.code != single.code for each in several):
        return NotUnderstood(f"A {name} pressure without a {other} one of the same moment.")
    return NotUnderstood(f"A {name} pressure; which {other} one belongs to it is not clear.")


def _together(systolic: Single, diastolic: Single, context: Context, how: str) -> Found:
    row = row_of(systolic.value, diastolic.value, (systolic.moment, ""), context, how)
    places = (systolic.entry.position, diastolic.entry.position)
    if isinstance(row, NotUnderstood):
        return dict.fromkeys(places, row)
    left = [left_over(each.entry.resource, *_READ) for each in (systolic, diastolic)]
    return {places[0]: Reading((row,), left[0]), places[1]: Reading((), left[1])}


def _parted(singles: list[Single]) -> tuple[list[Single], list[Single]]:
    return (
        [each for each in singles if each.code == SYSTOLIC],
        [each for each in singles if each.code == DIASTOLIC],
    )


def _members(panel: Element) -> Iterator[str]:
    links = panel.data["hasMember"]
    for link in links if isinstance(links, list) else []:
        reference = link.get("reference") if isinstance(link, dict) else None
        if isinstance(reference, str):
            yield references.unversioned(reference)


def _has_moment(resource: Element) -> bool:
    return "effectiveDateTime" in resource or "effectiveInstant" in resource


def _plain(value: Any) -> str | None:
    return None if value is None else repr(value)
