"""The handbook as it stands now: the shipped chapters with the latest accepted changes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from mooring.clinic.handbook.models import Revision
from mooring.core import evidence
from mooring.core.handbook import Handbook, Passage, book, problems


def shipped() -> Handbook:
    """The handbook as this release brings it."""
    return book.load(book.CHAPTERS)


def digest(passage: Passage) -> str:
    """SHA-256 of everything that a passage says."""
    return hashlib.sha256(passage.model_dump_json().encode()).hexdigest()


@dataclass(frozen=True)
class Version:
    """Which text of a passage is read."""

    number: int
    """0 for the text as shipped."""
    made_at: datetime | None = None

    @property
    def in_words(self) -> str:
        """For example "version 2, 3 Mar 2026"."""
        if self.made_at is None:
            return "as shipped"
        return f"version {self.number}, {self.made_at.day} {self.made_at:%b %Y}"


SHIPPED = Version(0)


@dataclass(frozen=True)
class Current:
    """The handbook with the version of each passage that was changed here."""

    handbook: Handbook
    versions: dict[str, Version]
    unfit: tuple[Revision, ...] = ()
    """Latest changes that the evidence no longer carries: the shipped text stands for them."""
    of_clinic: bool = True
    """False for the handbook as shipped, where there is no clinic that could have changed it."""

    def version(self, passage: str) -> Version:
        """Which text of this passage stands."""
        return self.versions.get(passage, SHIPPED)


def latest() -> dict[str, Revision]:
    """The latest change of each passage that was ever changed here."""
    return {one.passage: one for one in Revision.objects.order_by("passage", "number")}


def current() -> Current:
    """The handbook that everyone reads."""
    original, base = shipped(), evidence.load()
    newest = [one for one in latest().values() if one.passage in original.passages]
    unfit = tuple(one for one in newest if problems(one.new, base))
    standing = [one for one in newest if one not in unfit]
    return Current(
        original.revised({one.passage: one.new for one in standing}),
        {one.passage: Version(one.number, one.made_at) for one in standing},
        unfit,
    )
