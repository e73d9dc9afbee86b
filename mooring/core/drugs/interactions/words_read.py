"""Whether every word of an entry's directions is one that has been thought of.

An amount stands only where it does: a word that nobody thought of may change it.
"""

from __future__ import annotations

import re
from pathlib import Path

from mooring.core.datafiles import Frozen, read_toml


class Words(Frozen):
    """Words and phrases of directions, as their file holds them."""

    idle: tuple[str, ...]
    between: tuple[str, ...]
    often: tuple[str, ...]
    beside: tuple[str, ...]
    times: dict[str, tuple[str, ...]]


WORDS = read_toml(Path(__file__).parent / "direction_words.toml", Words)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_PHRASES = (
    *WORDS.idle,
    *WORDS.between,
    *WORDS.often,
    *WORDS.beside,
    *sum(WORDS.times.values(), ()),
)
_KNOWN = frozenset(word for phrase in _PHRASES for word in _WORD.findall(phrase))
_FIRST_AMOUNT = re.compile(r"\d+(?!\d*\s*(?:hr|hour)\b)")
"""Not the hours of a slow release, which stand before the name."""
_BRAND = re.compile(r"\[[^\]\d]*\]|\([^)\d]*\)")
"""The trade name beside a medicine's own: "Diazepam 5 MG Oral Tablet [Valium]"."""
_RATE_SIGN = re.compile(
    r"(?<![^\W\d_])(?:mgs?|m?cg|ug|g|dose|x|times?|once|twice)\s*/\s*(?=[^\W\d_])"
)
_STRANGE = re.compile(r"[^\w\s,;.:()\[\]&+/'%@-]|[^\W\d_][/-][^\W\d_]")
"""A sign that may mean anything, as an arrow; or two words joined, as "qam-qhs"."""


def unread_word(name: str, taken: str) -> str:
    """The first word or sign that nobody thought of; empty where there is none.

    What stands before the first number of the medicine's own line is its name, and free; with
    directions of its own, so is what stands in brackets there.
    """
    start = _FIRST_AMOUNT.search(name)
    own = name[start.start() :] if start else ""
    if taken.strip():
        own = _BRAND.sub(" ", own)
    for words in (own, taken):
        if strange := _strange(words):
            return strange
    return ""


def _strange(words: str) -> str:
    if sign := _STRANGE.search(_RATE_SIGN.sub(" ", words)):
        return sign[0]
    return next((word for word in _WORD.findall(words) if word not in _KNOWN), "")
