"""What no text of the chart may contain, whether typed or received."""

from __future__ import annotations

import re

# Control characters but tab and line ends, halves of surrogate pairs, and the characters that
# change the reading direction: with them a name can be made to look like another.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
NEEDED = "text without control or direction characters is needed"


def forbidden(text: str) -> bool:
    """True when the text holds a control or direction character."""
    return _FORBIDDEN.search(text) is not None


def made_visible(text: str) -> str:
    """The text with each such character written as its number, for example "\\u202e"."""
    return _FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
