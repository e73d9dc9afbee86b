"""The sentences of the handbook that say what the program does, with the tests that show them."""

import re
from collections.abc import Iterator
from pathlib import Path

from mooring.core.datafiles import Frozen, read_toml
from mooring.core.handbook.book import Handbook
from mooring.core.handbook.models import Face
from mooring.core.handbook.sentences import sentences
from mooring.core.shown import Shown

FUNCTIONS = Path(__file__).parent / "functions.toml"
SPEAKS = re.compile(
    r"\bMooring\b|\bthe (?:program|software)\b|\bthis clinic\b|\bis recorded\b"
    r"|\byou (?:are|will be|have been) asked\b|\basked (?:about )?again\b|\basked at each\b"
    r"|\bare asked for\b|\b(?:a rule|advised|conversion|taken) here\b",
    re.IGNORECASE,
)
"""Words by which a sentence says what the program does, or has done at the clinic."""


class Told(Shown):
    """One sentence of a passage, as it stands there without its marks."""

    passage: str


class _FunctionsFile(Frozen):
    sentences: tuple[Told, ...]


def load() -> tuple[Told, ...]:
    """All of them. Raises DataFileError, naming the entry, when one does not fit."""
    return read_toml(FUNCTIONS, _FunctionsFile).sentences


def spoken(book: Handbook) -> Iterator[tuple[str, str]]:
    """Each passage and sentence that says what the program does, for either reader."""
    for passage, sentence in every_sentence(book):
        if SPEAKS.search(sentence):
            yield passage, sentence


def every_sentence(book: Handbook) -> Iterator[tuple[str, str]]:
    """Each passage with each of its sentences, without marks and without the dash of a list."""
    for name, passage in book.passages.items():
        texts = dict.fromkeys(passage.text(face) for face in Face)
        for text in texts:
            yield from ((name, one.text.removeprefix("- ")) for one in sentences(text))
