"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from mooring.core.handbook.sentences import MARK

AROUND = 40
"""So many words and spaces of an unchanged run are shown on either side of a change."""
_WORDS = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Part:
    """A run of words that both texts share, or that only one of them has."""

    kind: str
    """same, removed or added."""
    text: str


def differences(old: str, new: str) -> tuple[Part, ...]:
    """The runs that lead from the old text to the new one, in order."""
    runs = list(_runs(_WORDS.findall(old), _WORDS.findall(new)))
    last = len(runs) - 1
    return tuple(_shortened(run, place == 0, place == last) for place, run in enumerate(runs))


def _runs(old: list[str], new: list[str]) -> Iterator[Part]:
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Part("same", "".join(old[i:j]))
            continue
        if j > i:
            yield Part("removed", "".join(old[i:j]))
        if m > k:
            yield Part("added", "".join(new[k:m]))


def _shortened(run: Part, first: bool, last: bool) -> Part:
    """What both texts share, left out in the middle where it is long."""
    words = _WORDS.findall(run.text)
    if run.kind != "same" or len(words) <= 3 * AROUND:
        return run
    before = "" if first else "".join(words[:AROUND])
    after = "" if last else "".join(words[-AROUND:])
    return Part("same", f"{before} … {after}")


def without_marks(text: str) -> str:
    """A text as patients read it in a list of changes: no ids in braces."""
    return re.sub(r" +([.,;:])", r"\1", MARK.sub("", text))
