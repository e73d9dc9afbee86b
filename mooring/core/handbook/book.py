"""Loads the handbook as shipped, and lays a clinic's accepted changes over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Self

from mooring.core.datafiles import DataFileError, read_toml, shown
from mooring.core.handbook.models import Chapter, Face, Passage

CHAPTERS = Path(__file__).parent / "chapters"


@dataclass(frozen=True)
class Handbook:
    """All chapters in order. Read only."""

    chapters: tuple[Chapter, ...]

    @cached_property
    def passages(self) -> Mapping[str, Passage]:
        """Every passage by id, in reading order."""
        return {passage.id: passage for chapter in self.chapters for passage in chapter.passages}

    def chapter(self, chapter_id: str) -> Chapter:
        """The chapter. Raises KeyError that names the id when there is none."""
        for chapter in self.chapters:
            if chapter.id == chapter_id:
                return chapter
        raise KeyError(f"no chapter has the id '{chapter_id}'")

    def passage(self, passage_id: str) -> Passage:
        """The passage. Raises KeyError that names the id when there is none."""
        try:
            return self.passages[passage_id]
        except KeyError:
            raise KeyError(f"no passage has the id '{passage_id}'") from None

    def for_reader(self, face: Face) -> Self:
        """Only what this reader is shown; a chapter without a passage for them is left out."""
        chapters = (_shown_to(chapter, face) for chapter in self.chapters)
        return type(self)(tuple(chapter for chapter in chapters if chapter.passages))

    def revised(self, changed: Mapping[str, Passage]) -> Self:
        """The handbook with these passages, by id, in place of those shipped."""
        return type(self)(tuple(_with(chapter, changed) for chapter in self.chapters))


@cache
def load(folder: Path = CHAPTERS) -> Handbook:
    """Read the chapters below `folder`.

    Raises DataFileError, naming file and entry, when a file does not fit its model, an id
    stands twice, or a passage's id does not begin with its chapter's.
    """
    chapters: list[Chapter] = []
    seen: set[str] = set()
    for path in sorted(folder.glob("*.toml")):
        chapter = read_toml(path, Chapter)
        _check_ids(shown(path), chapter, seen)
        chapters.append(chapter)
    return Handbook(tuple(sorted(chapters, key=lambda chapter: (chapter.order, chapter.id))))


def _check_ids(file: str, chapter: Chapter, seen: set[str]) -> None:
    for name in (chapter.id, *(passage.id for passage in chapter.passages)):
        if name in seen:
            raise DataFileError(f"{file}: '{name}' › id: stands twice")
        seen.add(name)
    for passage in chapter.passages:
        if not passage.id.startswith(f"{chapter.id}."):
            raise DataFileError(f"{file}: '{passage.id}' › id: begins with '{chapter.id}.'")


def _shown_to(chapter: Chapter, face: Face) -> Chapter:
    passages = tuple(passage for passage in chapter.passages if passage.text(face))
    return chapter.model_copy(update={"passages": passages})


def _with(chapter: Chapter, changed: Mapping[str, Passage]) -> Chapter:
    passages = tuple(changed.get(passage.id, passage) for passage in chapter.passages)
    return chapter.model_copy(update={"passages": passages})
