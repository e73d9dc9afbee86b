"""Cues: the words that take away, date, or hand to another what a line names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field

from mooring.core.datafiles import Frozen, read_toml

FILE = Path(__file__).parent / "cues.toml"


class Assertion(StrEnum):
    """What a line says of a thing it names. Earlier ones outweigh later ones."""

    NEGATED = "negated"
    FAMILY = "family"
    OTHER = "other"
    """Somebody's who is neither the patient nor of the family."""
    HYPOTHETICAL = "hypothetical"
    """A risk, a screening, a plan, an instruction."""
    PAST = "past"
    NOW = "now"


class Scope(NamedTuple):
    """A part of a line and what is said of it."""

    means: Assertion
    start: int
    end: int
    only_events: bool
    """True for a date: an episode of that year is over, a lasting disease is not."""
    touches: bool
    """True where it is enough that it holds the end of a term: "suicide risk"."""

    def holds(self, start: int, end: int) -> bool:
        """True for a term that it is about. A cue within the term itself says nothing of it."""
        if self.touches:
            return self.start < end <= self.end
        return self.start <= start < self.end


class Cue(Frozen):
    """Words of one meaning, and which way and how far they reach."""

    means: Assertion
    side: Literal["before", "after", "answer"]
    """Where the cue stands. An answer stands behind a colon, a comma or in brackets, alone."""
    reach: Literal["clause", "list", "comma", "next", "piece", "following"]
    patterns: tuple[str, ...] = Field(min_length=1)
    unless: tuple[str, ...] = ()
    only_events: bool = False


class _Cues(Frozen):
    cues: tuple[Cue, ...]


_CLAUSE = re.compile(r"[^.;|\n\u2022]+")
_TURN = re.compile(
    r"(?<!\w)(?:but|however|although|though|yet|except(?: for)?|besides|aside from|other than|"
    r"apart from|otherwise|pero|aber)(?!\w)"
)
_WEAK = re.compile(r"[,:]")
_NEXT = re.compile(r"(?:[^\W_]+\s+){1,2}$")
_FOLLOWING = re.compile(r"(?:\s+[^\W_]+){1,2}")
"""At most two words."""
_TURNS_IN_A_LIST = re.compile(
    r"(?<!\w)(?:endorses?|endorsed|endorsing|reports|reported|admits|admitted|states|positive|has|"
    r"have|complains|presents|presented|presenting|remains|continues|currently|now|here|exhibits|"
    r"demonstrates|who|diagnos(?:ed|is) with|patient (?:is|has|with)|on (?:exam|admission)|"
    r"for (?:her|his|their|the))"
    r"(?!\w)"
    r"|,\s*(?:and )?(?:is|on|with|takes|taking|status post|chronic|acute|recurrent|diagnosed|"
    r"she|he|they|i|active|ongoing|current)(?!\w)"
)
_FIRST_WORD = re.compile(r"\s*[^\W_]*")
"""Right behind a cue no word turns: "denies current use"."""


@cache
def _compiled() -> tuple[tuple[Cue, re.Pattern[str]], ...]:
    return tuple((cue, _pattern(cue)) for cue in read_toml(FILE, _Cues).cues)


def _pattern(cue: Cue) -> re.Pattern[str]:
    """What is no cue is tried first, so that it takes its words with it."""
    unless = "|".join(sorted(cue.unless, key=len, reverse=True)) or r"(?!)"
    patterns = "|".join(sorted(cue.patterns, key=len, reverse=True))
    before = r"(?:(?<=[,:])\s*)" if cue.side == "answer" else r"(?<!\w)"
    after = r"(?=\s*(?:[,:]|$))" if cue.side == "answer" else r"(?!\w)"
    return re.compile(rf"(?<!\w)(?:{unless})(?!\w)|{before}(?P<cue>(?:{patterns})){after}")


def scopes(low: str) -> tuple[Scope, ...]:
    """What each cue of a line in small letters reaches."""
    return tuple(
        Scope(cue.means, start + offset, end + offset, cue.only_events, cue.reach == "next")
        for clause, offset in _clauses(low)
        for cue, pattern in _compiled()
        for found in pattern.finditer(clause)
        if found["cue"] is not None
        for start, end in [_reach(cue, clause, *found.span("cue"))]
    )


def _clauses(low: str) -> Iterator[tuple[str, int]]:
    for sentence in _CLAUSE.finditer(low):
        begin = 0
        for turn in _TURN.finditer(sentence[0]):
            yield sentence[0][begin : turn.start()], sentence.start() + begin
            begin = turn.start()
        yield sentence[0][begin:], sentence.start() + begin


def _reach(cue: Cue, clause: str, start: int, end: int) -> tuple[int, int]:
    """From where to where a cue reaches in its clause."""
    match cue.reach:
        case "clause":
            return end, len(clause)
        case "list":
            return end, _first(_TURNS_IN_A_LIST, clause, end)
        case "comma":
            return end, min(_comma(clause, end), _first(_TURNS_IN_A_LIST, clause, end))
        case "next":
            found = _NEXT.search(clause[:start])
            return (found.start() if found else start), start
        case "following":
            behind = _FOLLOWING.match(clause, end)
            return end, behind.end() if behind else end
        case _:
            return _back(clause, start), start


def _first(pattern: re.Pattern[str], clause: str, end: int) -> int:
    behind = _FIRST_WORD.match(clause, end)
    found = pattern.search(clause, behind.end() if behind else end)
    return found.start() if found else len(clause)


def _comma(clause: str, end: int) -> int:
    found = _WEAK.search(clause, end)
    return found.start() if found else len(clause)


def _back(clause: str, start: int) -> int:
    """Where the piece before a cue begins: behind a colon that is the whole clause before it."""
    before = clause[:start].rstrip()
    if before.endswith(":") or clause.startswith(("all ", "both "), start):
        return 0
    before = before.rstrip(", ")
    return max(before.rfind(","), before.rfind(":"), -1) + 1
