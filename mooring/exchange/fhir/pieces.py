"""The entries of a bundle, one after the other, and each resource as it stands in the file.

Kept resources are stored as they stand: writing them anew would change numbers (1.00 → 1.0).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mooring.exchange.fhir.parsing import Reader, as_object

SMALL = 4 * 1024 * 1024
"""Bytes. The data of a smaller file stays in memory; of a larger one it is read again each time."""
_REMEMBERED = 64


@dataclass(frozen=True)
class Piece:
    """Where a resource stands in the file, in bytes; the whole entry where it has none."""

    start: int
    end: int


Take = Callable[[int, Any, Piece], None]
"""Gets an entry's number from 0, its data, and where its resource stands."""


def walk(content: bytes, take: Take) -> Any:
    """The data of a file, its entries handed on one by one: in the data stand their numbers only.

    Raises UnfitError where the file is no JSON.
    """
    reader = Reader(content)
    data = _bundle(reader, take) if reader.peek() == "{" else reader.value()
    reader.require_end()
    return data


def _bundle(reader: Reader, take: Take) -> Any:
    pairs: list[tuple[str, Any]] = []
    for name in reader.fields():
        if name == "entry" and reader.peek() == "[":
            pairs.append((name, [_entry(reader, number, take) for number in reader.items()]))
        else:
            pairs.append((name, reader.value()))
    return as_object(pairs)


def _entry(reader: Reader, number: int, take: Take) -> int:
    if reader.peek() != "{":
        start = reader.at
        value = reader.value()
        take(number, value, Piece(start, reader.at))
        return number
    start, resource = reader.at, None
    pairs: list[tuple[str, Any]] = []
    for name in reader.fields():
        reader.peek()
        begins = reader.at
        pairs.append((name, reader.value()))
        if name == "resource":
            resource = Piece(begins, reader.at)
    take(number, as_object(pairs), resource or Piece(start, reader.at))
    return number


class Resources:
    """The resources of one file by the number of their entry."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._pieces: dict[int, Piece] = {}
        self._data: dict[int, dict[str, Any]] | None = {} if len(content) <= SMALL else None
        self._again = lru_cache(_REMEMBERED)(self._read)

    def add(self, number: int, piece: Piece, data: dict[str, Any]) -> None:
        """Take note of one. `data` is what stands in the piece."""
        self._pieces[number] = piece
        if self._data is not None:
            self._data[number] = data

    def data(self, number: int) -> dict[str, Any]:
        """What stands in a resource."""
        return self._again(number) if self._data is None else self._data[number]

    def text(self, number: int) -> str:
        """The resource as it stands in the file, character by character."""
        piece = self._pieces[number]
        return self._content[piece.start : piece.end].decode()

    def _read(self, number: int) -> dict[str, Any]:
        data: dict[str, Any] = Reader(self.text(number).encode()).value()
        return data
