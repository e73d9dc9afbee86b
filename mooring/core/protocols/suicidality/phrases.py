"""Whether a text speaks of wanting to die or of hurting oneself: a short list, read cautiously."""

import re
from functools import cache
from pathlib import Path

from pydantic import Field

from mooring.core.datafiles import Frozen, read_toml
from mooring.core.protocols.cited import Claims

FILE = Path(__file__).parent / "phrases.toml"
APOSTROPHES = re.compile("['’‘`´]")
NO_LETTER = re.compile(r"[^a-z0-9]+")


class PhraseCase(Frozen):
    """One text, and whether it is answered with help."""

    text: str
    speaks: bool


class Phrases(Frozen):
    """The list, with the cases that specify it."""

    claims: Claims
    fillers: frozenset[str]
    """Words that change nothing: left out of text and phrase."""
    alike: dict[str, str]
    """Words that are read as others: "dont" as "do not"."""
    phrases: tuple[str, ...] = Field(min_length=1)
    cases: tuple[PhraseCase, ...] = Field(min_length=1)


@cache
def phrases() -> Phrases:
    """The list as it ships. Raises DataFileError where the file does not fit."""
    return read_toml(FILE, Phrases)


def speaks_of_wanting_to_die(text: str) -> bool:
    """True when the text holds one of the phrases, negated or not.

    False says nothing: what no phrase says may be meant all the same.
    """
    said = f" {alike(text)} "
    return any(f" {phrase} " in said for phrase in _phrases_alike())


@cache
def _phrases_alike() -> frozenset[str]:
    return frozenset(alike(phrase) for phrase in phrases().phrases)


def alike(text: str) -> str:
    """The plain words, each spelt in one way, without those that change nothing."""
    known = phrases()
    said = f" {plain(text)} "
    for word, other in known.alike.items():
        said = said.replace(f" {word} ", f" {other} ")
    return " ".join(word for word in said.split() if word not in known.fillers)


def plain(text: str) -> str:
    """The words in small letters with one space between them, without apostrophes."""
    return NO_LETTER.sub(" ", APOSTROPHES.sub("", text.lower())).strip()
