"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from mooring.core.handbook.sentences import MARK

_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Part:
    """A run of words that both texts share, or that only one of them has."""

    kind: str
    """same, removed or added."""
    text: str


def differences(old: str, new: str) -> tuple[Part, ...]:
    """The runs that lead from the old text to the new one, in order."""
    return tuple(_runs(_WORDS.findall(old), _WORDS.findall(new)))


def _runs(old: list[str], new: list[str]) -> Iterator[Part]:
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Part("same", "".join(old[i:j]))
            continue
        if j > i:
            yield Part("removed", "".join(old[i:j]))
        if m > k:
            yield Part("added", "".join(new[k:m]))


def without_marks(text: str) -> str:
    """A text as patients read it in a list of changes: no ids in braces."""
    return re.sub(r" +([.,;:])", r"\1", MARK.sub("", text))
