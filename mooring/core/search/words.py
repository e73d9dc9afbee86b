"""A text as the words it is found by: without case, accents and punctuation."""

import re
import unicodedata
from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+(?:[.\-'’/_][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_NUMBER = re.compile(r"\d+\.\d+")


def folded(text: str) -> str:
    """As compared: "Café" is "cafe", "SpO₂" is "spo2". One letter may become several or none."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def words(text: str) -> Iterator[str]:
    """Every word, in order; one with points or hyphens whole, and then its parts.

    "phq-9.item-9" gives itself, phq, 9, item and 9; "PHQ-9" also phq9.
    """
    for whole in wholes(text):
        yield whole
        pieces = parts(whole)
        if len(pieces) > 1:
            yield from pieces
            yield whole.replace("-", "")


def wholes(text: str) -> list[str]:
    """The words as they were written, each with its points and hyphens."""
    return _WORD.findall(folded(text))


def parts(whole: str) -> list[str]:
    """The parts of one word; a number with a point is one part: "0.5"."""
    return [whole] if _NUMBER.fullmatch(whole) else _PART.findall(whole)


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each smallest word stands in a text, and how it is compared: (start, end, word)."""
    for found in _WORD.finditer(text):
        if _NUMBER.fullmatch(found[0]):
            yield found.start(), found.end(), folded(found[0])
            continue
        for part in _PART.finditer(found[0]):
            start = found.start() + part.start()
            yield start, start + len(part[0]), folded(part[0])
