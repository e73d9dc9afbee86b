"""What was looked at: entries that are never changed, only corrected by later ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Result(StrEnum):
    """What came of a look."""

    NOTHING = "nothing"
    """Looked at, and nothing found."""
    FOUND = "found"
    NOT_DONE = "not_done"
    """It was to be looked at and could not be; it does not count as looked at."""
    WITHDRAWN = "withdrawn"
    """Only for a correction: the earlier entry was a mistake, and nothing takes its place."""

    @property
    def in_words(self) -> str:
        """As it is read on the page."""
        return _WORDS[self]


_WORDS = {
    Result.NOTHING: "nothing found",
    Result.FOUND: "something found",
    Result.NOT_DONE: "could not be done",
    Result.WITHDRAWN: "entered by mistake",
}
COUNTED = frozenset({Result.NOTHING, Result.FOUND})


@dataclass(frozen=True)
class Look:
    """One entry about one item, or one prescriber's review of a finding."""

    id: str
    item: str
    taken_on: date
    result: Result
    words: str = ""
    """Value or finding as it was written down."""
    source: str = ""
    """Where it stands, for example "the record"; sources are told apart when they disagree."""
    corrects: str | None = None
    """The id of the entry that this one takes the place of."""
    recorded_at: datetime | None = None
    """When it was written down, which may be days after."""

    def seen_by(self, review: Look) -> bool:
        """Whether a review can have been about this finding: not of a day before it, and not
        written down before it was."""
        if review.taken_on < self.taken_on:
            return False
        if review.recorded_at is None or self.recorded_at is None:
            return True
        return review.recorded_at >= self.recorded_at

    @property
    def text(self) -> str:
        """The words, or what came of it where there are none; with the source where it is known."""
        said = self.words or self.result.in_words
        return f"{said} ({self.source})" if self.source else said


def standing_looks(looks: Sequence[Look]) -> tuple[Look, ...]:
    """The entries that stand, in order of time: not corrected, and not withdrawn."""
    corrected = {look.corrects for look in looks if look.corrects is not None}
    stand = (
        look for look in looks if look.id not in corrected and look.result is not Result.WITHDRAWN
    )
    return tuple(sorted(stand, key=lambda look: (look.taken_on, look.id)))


def newest(looks: Sequence[Look]) -> tuple[Look, ...]:
    """Of the looks that count, all those of the last day; empty when none counts."""
    counted = [look for look in looks if look.result in COUNTED]
    last = max((look.taken_on for look in counted), default=None)
    return tuple(look for look in counted if look.taken_on == last)
