"""A text as sentences, each with what it cites and the numbers it names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

MARK = re.compile(r"\{([A-Za-z0-9][\w.\-]*)\}")
"""A claim or disagreement in braces."""
_BEFORE_MARK = re.compile(rf"\s*{MARK.pattern}")
_BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*|]|\d+\.)\s?)")
_END = re.compile(r"(?<=[.!?:])[)”\"]?\s+(?=[A-Z“\"(])")
_LIST_NUMBER = re.compile(r"^\s*\d+\.\s")
_DIGITS = re.compile(r"(?<![\w.])(?<![A-Za-z]-)[-−]?\d+(?:\.\d+)?")
"""A number, with its minus sign; not the 9 of PHQ-9."""
_WORDS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "twenty": 20,
    "thirty": 30,
    "sixty": 60,
    "ninety": 90,
}
_COUNTED = (
    r"(?:of|in|out of|to|or|seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|people|"
    r"patients|infusions|sessions|treatments|doses|visits|times|studies|trials|points|per cent)"
)
_WRITTEN = re.compile(rf"\b({'|'.join(_WORDS)})\b(?=\s+{_COUNTED}\b)", re.IGNORECASE)
_PARTS = re.compile(r"\b(half|thirds?|quarters?)\b", re.IGNORECASE)
_SHARES = {
    "half": Decimal(50),
    "third": Decimal("33.3"),
    "thirds": Decimal("66.7"),
    "quarter": Decimal(25),
    "quarters": Decimal(75),
}


@dataclass(frozen=True)
class Sentence:
    """One sentence of a passage."""

    text: str
    """Without its marks."""
    marks: tuple[str, ...]
    """The claims and disagreements it names, in order."""

    @property
    def numbers(self) -> frozenset[Decimal]:
        """The numbers it names, in digits or before what they count in words."""
        digits = {Decimal(found.replace("−", "-")) for found in _DIGITS.findall(self.text)}
        written = {Decimal(_WORDS[found.lower()]) for found in _WRITTEN.findall(self.text)}
        return frozenset(digits | written)

    @property
    def shares(self) -> frozenset[Decimal]:
        """The shares it names in words, in per cent: 50 for a half."""
        return frozenset(_SHARES[found.lower()] for found in _PARTS.findall(self.text))


def in_sentences(block: str) -> Iterator[str]:
    """The sentences of one block of plain words."""
    yield from filter(None, map(str.strip, _END.split(block)))


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a CommonMark text: a list entry or table row ends one."""
    for block in _BLOCK.split(text):
        for sentence in _END.split(_LIST_NUMBER.sub("", block)):
            words = " ".join(_BEFORE_MARK.sub("", sentence).split())
            if words:
                yield Sentence(words, tuple(MARK.findall(sentence)))


def marks(text: str) -> tuple[str, ...]:
    """Every claim and disagreement that a text names, each once and in order."""
    return tuple(dict.fromkeys(MARK.findall(text)))
