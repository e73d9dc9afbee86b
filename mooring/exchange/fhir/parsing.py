"""From received bytes to plain data, piece by piece, with every number an exact Decimal.

A file of 50 MB as one piece of data would take a gigabyte of memory; entry by entry it takes what
its largest entry takes. What cannot stand in data (a key given twice, NaN, a number without end)
becomes a `Trouble` at its place, so that `hygiene.py` can say where it is.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from mooring.exchange.fhir.unfit import UnfitError

LARGEST = 50 * 1024 * 1024
_LONGEST_NUMBER = 40
_LARGEST_EXPONENT = 20
_WINDOW = 256 * 1024
"""Bytes that are text at a time; more only for a value that is longer."""
_CUT = 16
"""What ends so few characters before the window's end may have been cut by it."""
_SPACE = re.compile(r"[ \t\r\n]*")
_BOM = codecs.BOM_UTF8


@dataclass(frozen=True)
class Trouble:
    """Stands in the data where something was that cannot be taken in."""

    need: str


def require_text(content: bytes) -> None:
    """Raise UnfitError unless the content is UTF-8, at most 50 MB, and not empty."""
    if len(content) > LARGEST:
        raise UnfitError("the file", "it is larger than 50 MB; split it by patient")
    decoder, blank = codecs.getincrementaldecoder("utf-8")(), True
    for start in range(0, len(content), _WINDOW):
        end = start + _WINDOW
        kept = len(decoder.getstate()[0])
        try:
            text = decoder.decode(content[start:end], final=end >= len(content))
        except UnicodeDecodeError as problem:
            raise UnfitError(
                f"byte {start - kept + problem.start + 1}",
                "the file is to be text in UTF-8, as FHIR JSON is",
            ) from None
        blank = blank and not text.strip("\ufeff \t\r\n")
    if blank:
        raise UnfitError("the file", "it is empty; a FHIR bundle in JSON is needed")


class Reader:
    """A place in a JSON text, and the values that stand from there on. The text is UTF-8."""

    def __init__(self, content: bytes, start: int = 0) -> None:
        self._content = content
        skipped = len(_BOM) if start == 0 and content.startswith(_BOM) else 0
        self._open(start + skipped, _WINDOW)

    def _open(self, start: int, size: int) -> None:
        """Make text of the next `size` bytes, or fewer by a character that would be cut."""
        piece = self._content[start : start + size]
        self._text, taken = codecs.utf_8_decode(piece, "strict", False)
        self._start, self._index = start, 0
        self._size, self._whole = size, start + taken >= len(self._content)

    def _bytes(self, index: int) -> int:
        """Where in the content a character of the window stands."""
        if self._text.isascii():
            return self._start + index
        return self._start + len(self._text[:index].encode())

    @property
    def at(self) -> int:
        """The byte that is read next."""
        return self._bytes(self._index)

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            found = _SPACE.match(self._text, self._index)
            self._index = found.end() if found else self._index
            if self._index < len(self._text):
                return self._text[self._index]
            if self._whole:
                return ""
            self._open(self.at, _WINDOW)

    def took(self, character: str) -> bool:
        """Step over the character where it comes next; false where another does."""
        if self.peek() != character:
            return False
        self._index += 1
        return True

    def require(self, character: str) -> None:
        """Step over the character. Raises UnfitError where another comes next."""
        if not self.took(character):
            raise self._stops(self._index)

    def value(self) -> Any:
        """The value that comes next."""
        self.peek()
        while True:
            try:
                value, end = _scan(self._text, self._index)
            except StopIteration as problem:
                stop, open_text = int(problem.value), False
            except json.JSONDecodeError as problem:
                stop, open_text = problem.pos, problem.msg.startswith("Unterminated")
            except RecursionError:
                raise UnfitError(
                    "the file", "its objects are nested too deeply; 64 levels are read"
                ) from None
            else:
                if self._whole or end < len(self._text) - _CUT:
                    self._index = end
                    return value
                stop, open_text = end, False
            if self._whole or not (open_text or stop >= len(self._text) - _CUT):
                raise self._stops(stop)
            self._open(self.at, self._size if self._index else 2 * self._size)

    def fields(self) -> Iterator[str]:
        """The names of the object that comes next; whoever asks reads the value of each."""
        self.require("{")
        if self.took("}"):
            return
        while True:
            if self.peek() != '"':
                raise self._stops(self._index)
            name = self.value()
            self.require(":")
            yield name
            if self.took("}"):
                return
            self.require(",")

    def items(self) -> Iterator[int]:
        """The numbers of the list that comes next, from 0; whoever asks reads each value."""
        self.require("[")
        if self.took("]"):
            return
        number = 0
        while True:
            yield number
            if self.took("]"):
                return
            self.require(",")
            number += 1

    def require_end(self) -> None:
        """Raise UnfitError unless nothing follows."""
        if self.peek():
            raise self._stops(self._index)

    def _stops(self, index: int) -> UnfitError:
        place = self._bytes(index)
        line = self._content.count(b"\n", 0, place) + 1
        before = self._content[self._content.rfind(b"\n", 0, place) + 1 : place]
        column = len(before.decode(errors="replace").removeprefix("\ufeff")) + 1
        return UnfitError(
            f"line {line}, column {column}",
            "this is where the file stops being JSON; is it whole?",
        )


def _number(text: str) -> Decimal | Trouble:
    exponent = re.search(r"[eE]([+-]?\d+)$", text)
    too_far = exponent is not None and (
        len(exponent[1]) > 3 or abs(int(exponent[1])) > _LARGEST_EXPONENT
    )
    if len(text) > _LONGEST_NUMBER or too_far:
        return Trouble("a number of at most 40 digits is needed")
    try:
        return Decimal(text)
    except InvalidOperation:
        return Trouble("a plain number is needed")


def _constant(_name: str) -> Trouble:
    return Trouble("a finite number is needed; NaN and Infinity are no values")


def as_object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Trouble:
    """The data of an object, whose fields may each stand once."""
    data = dict(pairs)
    if len(data) == len(pairs):
        return data
    return Trouble("a field stands here twice; each may stand once")


_scan = json.JSONDecoder(  # type: ignore[attr-defined]
    parse_float=_number,
    parse_int=_number,
    parse_constant=_constant,
    object_pairs_hook=as_object,
).scan_once
