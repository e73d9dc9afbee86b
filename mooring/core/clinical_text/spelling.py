"""Mends slips in a few rare words, and never changes a word that is a word.

One slip in words up to eight letters, two in longer ones, and the first letter has to be right.
spelling.toml lists the words that lie as near and are words themselves: hypotension, which is not
hypertension.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from mooring.core.datafiles import Frozen, read_toml

FILE = Path(__file__).parent / "spelling.toml"
SHORTEST = 7
"""Letters: a shorter word has too many neighbours."""
LONG = 9
"""From so many letters on two slips may stand in a word."""
MANY = 32_768
"""So many words are kept."""


class _Spelling(Frozen):
    rare: tuple[str, ...]
    never: tuple[str, ...]


_TABLE = read_toml(FILE, _Spelling)
RARE = _TABLE.rare
NEVER = frozenset((*_TABLE.rare, *_TABLE.never))
_NEAR = (*_TABLE.rare, *_TABLE.never)
_WORD = re.compile(rf"[A-Za-z]{{{SHORTEST},}}")


def mended(text: str) -> str:
    """The text with slips of rare words mended."""
    return _WORD.sub(lambda word: right(word[0]), text)


@lru_cache(MANY)
def right(word: str) -> str:
    """The rare word that this one stands for; the word itself where it stands for none.

    A slip of a word that is never changed, "hypothiroid", stays a slip.
    """
    low = word.lower()
    if low in NEVER:
        return word
    slips = 2 if len(low) >= LONG else 1
    near = process.extractOne(low, _NEAR, scorer=OSA.distance, score_cutoff=slips)
    if near is None or near[2] >= len(RARE) or near[0][0] != low[0]:
        return word
    return near[0]
