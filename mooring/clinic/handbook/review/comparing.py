"""The shipped text beside the clinic's, where a release changed it underneath."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.clinic.handbook.models import Revision
from mooring.clinic.handbook.reading.current import latest, shipped
from mooring.clinic.handbook.review.differences import Part, differences
from mooring.clinic.handbook.review.drafts import shipped_differs
from mooring.core.handbook import Face, Passage


@dataclass(frozen=True)
class Beside:
    """One text of the clinic's, and how the shipped one differs."""

    face: str
    parts: tuple[Part, ...]


def shipped_beside(standing: Passage) -> tuple[Beside, ...]:
    """For each face the way from the clinic's latest text to the one this release ships.

    Empty where nothing was changed here or the release left the shipped text as it was.
    """
    ours: Revision | None = latest().get(standing.id)
    if ours is None or (ours.new == standing and not shipped_differs(standing.id)):
        return ()
    return beside(ours.new, shipped().passage(standing.id))


def beside(ours: Passage, theirs: Passage) -> tuple[Beside, ...]:
    """For each face whose text differs, the way from one passage to the other."""
    pairs = ((face.value, ours.text(face), theirs.text(face)) for face in Face)
    return tuple(
        Beside(face, differences(mine, other)) for face, mine, other in pairs if mine != other
    )
