"""Holds a text against the guard's rules, as a patient reads it and not as it was typed."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from mooring.core.handbook.guard.rules import Sentence, rules
from mooring.core.handbook.rendering import as_read
from mooring.core.handbook.sentences import in_sentences


@dataclass(frozen=True)
class Refusal:
    """What a patient must not read, and what would be right."""

    rule: str
    right: str
    words: str
    """The words that are refused."""
    sentence: str

    def __str__(self) -> str:
        return f"{self.right}: “{self.words}”"


@lru_cache(maxsize=16384)
def refusals(text: str, evidence: bool = False) -> tuple[Refusal, ...]:
    """What patients must not read in a CommonMark text, in order; empty where all may be read.

    `evidence`: the text is what a source says, and not our advice. Then only those rules hold
    that are about what is harmful to read whoever says it.
    """
    return tuple(_refusals(text, evidence))


def fit_as_evidence(*texts: str) -> bool:
    """True where patients may read what a source is quoted with."""
    return not any(refusals(text, evidence=True) for text in texts)


def _refusals(text: str, evidence: bool) -> Iterator[Refusal]:
    for block in as_read(text):
        for words in in_sentences(_plain(block)):
            yield from _of_sentence(Sentence(words), evidence)


def _of_sentence(sentence: Sentence, evidence: bool) -> Iterator[Refusal]:
    """At most one for each rule, however many of its patterns speak."""
    spoken: set[str] = set()
    for one in rules():
        if one.rule.id in spoken or (evidence and not one.rule.evidence):
            continue
        words = one.found(sentence)
        if words:
            spoken.add(one.rule.id)
            yield Refusal(one.rule.id, one.rule.right, words, sentence.words)


def _plain(block: str) -> str:
    """One spelling: "½" as 1⁄2, no invisible letters, straight apostrophes, single spaces."""
    alike = unicodedata.normalize("NFKC", block).replace("’", "'")
    seen = "".join(letter for letter in alike if unicodedata.category(letter) != "Cf")
    return " ".join(seen.split())
