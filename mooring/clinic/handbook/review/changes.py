"""The dated list of changes: what changed and why, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mooring.clinic.handbook.models import Revision
from mooring.clinic.handbook.reading.current import shipped
from mooring.clinic.handbook.review.differences import Part, differences, without_marks
from mooring.core import evidence
from mooring.core.handbook import Chapter, Face, problems

FACE_WORDS = {Face.CLINICIAN: "As clinicians read it", Face.PATIENT: "As patients read it"}


@dataclass(frozen=True)
class Change:
    """One accepted change as a reader is shown it."""

    revision: Revision
    chapter: Chapter | None
    """None where the passage left the handbook with a release."""
    title: str
    texts: tuple[tuple[str, tuple[Part, ...]], ...]
    """For each text that changed: whose it is, and the difference."""


def changes(faces: Iterable[Face], passage: str | None = None) -> Iterator[Change]:
    """What these readers are shown of all changes, or of those to one passage."""
    rows = Revision.objects.select_related("editor", "published_by", "remark")
    wanted, chapters = tuple(faces), {chapter.id: chapter for chapter in shipped().chapters}
    for row in rows if passage is None else rows.filter(passage=passage):
        texts = tuple(_texts(row, wanted))
        if texts or (Face.CLINICIAN in wanted):
            chapter = chapters.get(row.passage.partition(".")[0])
            title = row.new.title or (chapter.title if chapter else row.passage)
            yield Change(row, chapter, title, texts)


def _texts(row: Revision, faces: tuple[Face, ...]) -> Iterator[tuple[str, tuple[Part, ...]]]:
    old, new = row.old, row.new
    if faces == (Face.PATIENT,):
        if not _still_fit_for_patients(row):
            return
        was, now = (without_marks(one.text(Face.PATIENT)) for one in (old, new))
        if was != now:
            yield "", differences(was, now)
        return
    if old.title != new.title:
        yield "The title", differences(old.title, new.title)
    if old.both and new.both:
        yield "As everyone reads it", differences(old.both, new.both)
        return
    for face in faces:
        if old.text(face) != new.text(face):
            yield FACE_WORDS[face], differences(old.text(face), new.text(face))


def _still_fit_for_patients(row: Revision) -> bool:
    """The evidence may have changed since: what no longer passes is not shown to patients."""
    base = evidence.load()
    return not problems(row.old, base) and not problems(row.new, base)
