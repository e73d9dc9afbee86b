"""Every address of the application, and one concrete path for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from mooring.clinic.doors import THIRD_PARTY, Door, declared

ABSENT = "0190a000-0000-7000-8000-00000000dead"
WORDS: dict[str, object] = {
    "kind": "weight",
    "name": "iv_series",
    "token": "not-a-token",
    "number": 1,
    "version": 1,
    "key": "MQ:abc",
    "uidb36": "1",
    "pk": 1,
    "claim_id": "S2.44",
    "disagreement_id": "D01",
}
QUERY = {"stream": "?topic=today"}


@dataclass(frozen=True)
class Route:
    """One named address."""

    name: str
    words: tuple[str, ...]
    view: Any

    @property
    def door(self) -> Door | None:
        """What it is open to; None when nobody said."""
        if declared(self.view):
            return Door(
                permission=getattr(self.view, "permission", None),
                public=getattr(self.view, "public", None),
            )
        return THIRD_PARTY.get(self.name)

    def path(self, keys: dict[str, object]) -> str:
        """The address with keys of rows that are there, and of rows that are not."""
        values = {word: keys.get(word, WORDS.get(word, ABSENT)) for word in self.words}
        return reverse(self.name, kwargs=values) + QUERY.get(self.name, "")


def every_route() -> list[Route]:
    """All routes of the resolver."""
    return list(walk(get_resolver().url_patterns, ()))


def walk(patterns: list[URLPattern | URLResolver], before: tuple[str, ...]) -> Iterator[Route]:
    for pattern in patterns:
        words = (*before, *found_words(pattern))
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, words)
        else:
            yield Route(str(pattern.name), words, pattern.callback)


def found_words(pattern: URLPattern | URLResolver) -> list[str]:
    """The names of what an address carries."""
    return re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern))
