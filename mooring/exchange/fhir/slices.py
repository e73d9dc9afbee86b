"""The resources of a bundle as they stand in its text, character by character.

Kept resources are stored so: writing them anew would change numbers (1.00 → 1.0).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def resource_texts(text: str) -> list[str]:
    """The text of each entry's resource, in order. The text is one that was read as a bundle."""
    text = text.removeprefix("\ufeff")
    entries = next(start for name, start, _ in _members(text, _skip(text, 0)) if name == "entry")
    return [_resource(text, start) for start, _ in _items(text, entries)]


def _resource(text: str, entry: int) -> str:
    return next(text[start:end] for name, start, end in _members(text, entry) if name == "resource")


def _members(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    """Name, start and end of the value, for each field of the object at `start`."""
    at = _skip(text, start + 1)
    while text[at] != "}":
        name, at = _DECODER.raw_decode(text, at)
        at = _skip(text, _skip(text, at) + 1)
        end = _DECODER.raw_decode(text, at)[1]
        yield name, at, end
        at = _after(text, end)


def _items(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Start and end of each item of the list at `start`."""
    at = _skip(text, start + 1)
    while text[at] != "]":
        end = _DECODER.raw_decode(text, at)[1]
        yield at, end
        at = _after(text, end)


def _after(text: str, end: int) -> int:
    """The next value, past a comma where there is one."""
    at = _skip(text, end)
    return _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
