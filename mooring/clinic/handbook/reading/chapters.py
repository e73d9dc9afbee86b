"""A chapter as one reader is shown it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from mooring.clinic.handbook.reading.current import Current, Version, digest
from mooring.core.handbook import Chapter, Face, Passage
from mooring.core.handbook.rendering import Chip, to_html


@dataclass(frozen=True)
class Shown:
    """One passage, ready to be read."""

    id: str
    title: str
    html: SafeString
    version: Version
    digest: str


@dataclass(frozen=True)
class Reading:
    """One chapter with its neighbours, as one face reads it."""

    chapter: Chapter
    passages: tuple[Shown, ...]
    before: Chapter | None
    after: Chapter | None


def reading(now: Current, chapter_id: str, face: Face, chip: Chip) -> Reading:
    """The chapter. KeyError where this face has no such chapter."""
    book = now.handbook.for_reader(face)
    chapter = book.chapter(chapter_id)
    place = book.chapters.index(chapter)
    return Reading(
        chapter,
        tuple(shown(now, passage, face, chip) for passage in chapter.passages),
        book.chapters[place - 1] if place else None,
        book.chapters[place + 1] if place + 1 < len(book.chapters) else None,
    )


def shown(now: Current, passage: Passage, face: Face, chip: Chip) -> Shown:
    """One passage for one face."""
    # to_html escapes what the text holds, and the chips come from templates that escape.
    html = mark_safe(to_html(passage.text(face), chip))  # noqa: S308
    return Shown(passage.id, passage.title, html, now.version(passage.id), digest(passage))
