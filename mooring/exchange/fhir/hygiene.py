"""What no received data may contain, wherever it stands: looked for before anything is read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mooring.clinic.people.text import NEEDED, forbidden
from mooring.exchange.fhir.parsing import Trouble
from mooring.exchange.fhir.unfit import Place, UnfitError

DEEPEST = 64
LONGEST_TEXT = 1_000_000
TOO_DEEP = "it is nested too deeply; 64 levels are read"
MODIFIER = "modifierExtension"
# The escapes by which JSON can hold a forbidden character that the file's own text does not show.
_ESCAPED = re.compile(
    rb"\\(?:[bf]|u(?:00[0189]|007f|061c|200[ef]|202[a-e]|206[6-9]|d[89a-f]))", re.IGNORECASE
)
# A letter written by its number: a name could hide behind it.
_LETTER = re.compile(rb"\\u00[4-7]")
Steps = tuple[str | int, ...]


@dataclass(frozen=True)
class Misfit:
    """The first thing in the data that cannot be read, and where it stands."""

    steps: Steps
    need: str


def plain(content: bytes) -> bool:
    """True when no text within this JSON can be too long or hold a forbidden character."""
    if len(content) > LONGEST_TEXT or _ESCAPED.search(content):
        return False
    return not forbidden(content.decode())


def may_modify(content: bytes) -> bool:
    """False when no modifierExtension can stand anywhere within this JSON."""
    return MODIFIER.encode() in content or _LETTER.search(content) is not None


def check(data: Any, place: Place, *, texts: bool = True) -> None:
    """Raise UnfitError at the first misfit within the data."""
    found = misfit(data, texts=texts)
    if found is not None:
        raise UnfitError(Place(place.root, (*place.steps, *found.steps)), found.need)


def misfit(data: Any, *, texts: bool, depth: int = 0) -> Misfit | None:
    """The first misfit within the data; `texts` is whether its texts have to be looked at."""
    if isinstance(data, str):
        return _of_text(data) if texts else None
    if isinstance(data, dict):
        return _within(data.items(), texts, depth)
    if isinstance(data, list):
        return _within(enumerate(data), texts, depth)
    return Misfit((), data.need) if isinstance(data, Trouble) else None


def _within(items: Iterable[tuple[str | int, Any]], texts: bool, depth: int) -> Misfit | None:
    if depth == DEEPEST:
        return Misfit((), TOO_DEEP)
    for step, value in items:
        if texts and isinstance(step, str) and (found := _of_text(step)) is not None:
            return found
        if value.__class__ is str:
            found = _of_text(value) if texts else None
        else:
            found = misfit(value, texts=texts, depth=depth + 1)
        if found is not None:
            # The place of what is nested too deeply would say no more than its entry.
            steps = () if found.need == TOO_DEEP else (step, *found.steps)
            return Misfit(steps, found.need)
    return None


def modifier(data: Any) -> str | None:
    """Where a modifierExtension stands within the data, in words; None without one."""
    if isinstance(data, dict):
        if MODIFIER in data:
            return MODIFIER
        inner = ((name, modifier(value)) for name, value in data.items())
    elif isinstance(data, list):
        inner = ((str(number), modifier(value)) for number, value in enumerate(data))
    else:
        return None
    return next((_path(name, found) for name, found in inner if found is not None), None)


def _path(name: str, below: str) -> str:
    if name.isdigit():
        return f"[{name}].{below}"
    return f"{name}{below}" if below.startswith("[") else f"{name}.{below}"


def _of_text(text: str) -> Misfit | None:
    if len(text) > LONGEST_TEXT:
        return Misfit((), "text of at most 1,000,000 characters is needed")
    if forbidden(text):
        return Misfit((), NEEDED)
    return None
