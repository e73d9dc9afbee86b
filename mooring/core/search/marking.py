"""Shows why something was found: the sentence that answers, with the words that matched."""

from collections.abc import Iterator
from dataclasses import dataclass

from mooring.core.handbook.sentences import sentences
from mooring.core.search.words import spans, words


@dataclass(frozen=True)
class Piece:
    """A stretch of text, and whether it is one of the words that were looked for."""

    text: str
    found: bool


def marked(text: str, found: frozenset[str]) -> Iterator[Piece]:
    """The text in pieces; joined, they are the text again."""
    at = 0
    for start, end, word in spans(text):
        if word not in found:
            continue
        if start > at:
            yield Piece(text[at:start], found=False)
        yield Piece(text[start:end], found=True)
        at = end
    if at < len(text):
        yield Piece(text[at:], found=False)


def excerpt(text: str, found: frozenset[str]) -> str:
    """The sentence with the most of these words, the first of several; "" of an empty text."""
    told = [sentence.text for sentence in sentences(text)]
    return max(told, key=lambda sentence: len(found & set(words(sentence))), default="")
