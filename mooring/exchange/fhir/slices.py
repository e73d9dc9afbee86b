"""The resources of a bundle as they stand in its text, character by character.

Kept resources are stored so: writing them anew would change numbers (1.00 → 1.0).
"""

from __future__ import annotations

import json
import re

_SPACE = re.compile(r"[ \t\r\n]*")
# Only the places count here: a number that is too long to be one is no trouble.
_scan = json.JSONDecoder(parse_int=str, parse_float=str).scan_once  # type: ignore[attr-defined]


def resource_texts(text: str) -> list[str]:
    """The text of each entry's resource, in order; of the whole entry where it has none.

    The text is one that was read as a bundle.
    """
    text = text.removeprefix("\ufeff")
    at = _skip(text, _list_of_entries(text) + 1)
    found: list[str] = []
    while text[at] != "]":
        entry, end = _entry(text, at)
        found.append(entry)
        at = _after(text, end)
    return found


def _list_of_entries(text: str) -> int:
    """Where the list of entries starts."""
    at = _skip(text, _skip(text, 0) + 1)
    while True:
        name, at = _name(text, at)
        if name == "entry":
            return at
        at = _after(text, _scan(text, at)[1])


def _entry(text: str, start: int) -> tuple[str, int]:
    """What is kept of the entry at `start`, and where it ends."""
    at, resource = _skip(text, start + 1), None
    while text[at] != "}":
        name, at = _name(text, at)
        end = _scan(text, at)[1]
        if name == "resource":
            resource = text[at:end]
        at = _after(text, end)
    return resource or text[start : at + 1], at + 1


def _name(text: str, at: int) -> tuple[str, int]:
    """The name of a field, and where its value starts."""
    name, at = _scan(text, at)
    return name, _skip(text, _skip(text, at) + 1)


def _after(text: str, end: int) -> int:
    """The next value, past a comma where there is one."""
    at = _skip(text, end)
    return _skip(text, at + 1) if text[at] == "," else at


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at
