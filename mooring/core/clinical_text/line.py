"""One line of a chart, made plain once: short forms written out, slips of rare words mended."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from mooring.core.clinical_text.cues import Scope, scopes
from mooring.core.clinical_text.spelling import mended
from mooring.core.datafiles import Frozen, read_toml

FOLDER = Path(__file__).parent
MANY = 16_384
"""So many lines are kept as they were read: the same diagnosis stands in many charts."""

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}`", "'"),
        **dict.fromkeys("\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}", "-"),
        **dict.fromkeys('"\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}*_', " "),
    }
)
_CHANGES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), put)
    for pattern, put in (
        (r"(?<!\w)'(?=[5-9]\d(?!\d))", " 19"),
        (r"(?<!\w)'(?=[0-4]\d(?!\d))", " 20"),
        (r"[(\[]\s*-\s*[)\]]", " negative "),
        (r"[(\[]\s*\+\s*[)\]]", " positive "),
        (r"(?<!\w)\+\s*(?=\w)", " positive "),
        (r"(?<=\w)\+(?!\w)", " positive "),
        (r"(?<=[,/;]) ?-(?=[A-Z]{2})", " no "),
        (r"-+>|=>|\N{RIGHTWARDS ARROW}", " : "),
        (r"[()\[\]{}]", " , "),
        (r"\s-+\s|\?(?=\s*(?i:yes|no|none|n|y)\b)", " : "),
        (r"[?!]", " "),
        (r"&", " and "),
        (r"(?<!\w)[wW]/(?=\s?\w)", "with "),
        (r"(?<=\d)\.(?=\d)", "\N{MIDDLE DOT}"),
        (r"(?<![^\W\d_])((?i:dr|st|vs|mrs?|ms|approx|esp|unspec|incl|resp|wk|no))\.", r"\1"),
        (r"(?<=[A-Za-z])\.(?=[A-Za-z]\b)", ""),
        (r"(?<!\w)\d{1,2}\s?w\s?[0-6]d(?!\w)", " weeks gestation "),
        (r"'", ""),
        (r"(?<=\w)-(?=\w)", " "),
    )
)
_WORD = re.compile(r"[^\W_]+")


class _ShortForms(Frozen):
    short_forms: dict[str, str]


_SHORT = read_toml(FOLDER / "short_forms.toml", _ShortForms).short_forms
_SHORT_FORM = re.compile(
    rf"(?<![\w/])(?:{'|'.join(re.escape(each) for each in sorted(_SHORT, key=len, reverse=True))})"
    r"(?![\w/'-])\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Word:
    """A word of a line and where it stands."""

    low: str
    """In small letters."""
    cased: str
    start: int
    end: int
    joined: bool
    """True where only a space lies between it and the word before it."""


@dataclass(frozen=True)
class Line:
    """A line made plain."""

    text: str
    words: tuple[Word, ...]

    @cached_property
    def scopes(self) -> tuple[Scope, ...]:
        """What is said of parts of the line: not so, over, another's."""
        return scopes(self.text.lower())


@lru_cache(MANY)
def read(text: str) -> Line:
    """The line made plain, with its words."""
    plain = _plain(text)
    words, before = [], 0
    for found in _WORD.finditer(plain):
        start, end = found.span()
        joined = start > 0 and plain[before:start].isspace()
        words.append(Word(found[0].lower(), found[0], start, end, joined))
        before = end
    return Line(plain, tuple(words))


def _plain(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.translate(_SIGNS))
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    bare = _SHORT_FORM.sub(lambda found: _written_out(found[0]), bare)
    for pattern, put in _CHANGES:
        bare = pattern.sub(put, bare)
    bare = _SHORT_FORM.sub(lambda found: _written_out(found[0]), bare)
    return mended(bare)


def _written_out(short: str) -> str:
    low = short.casefold()
    return _SHORT.get(low) or _SHORT[low.removesuffix(".")]
