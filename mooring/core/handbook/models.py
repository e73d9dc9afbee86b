"""What the handbook is made of: chapters of passages, each with a text for each reader."""

from enum import StrEnum
from typing import Self

from pydantic import model_validator

from mooring.core.datafiles import Frozen


class Face(StrEnum):
    """Who reads."""

    CLINICIAN = "clinician"
    PATIENT = "patient"


class Passage(Frozen):
    """A few paragraphs about one thing: what a reader marks, and an editor changes, as one.

    Texts are CommonMark without HTML. A claim or disagreement stands in braces inside the
    sentence that rests on it: "It peaks about 24 hours after a dose {S2.48}."
    """

    id: str
    """The chapter's id, a point and a word: "safety.blood-pressure"."""
    title: str = ""
    both: str = ""
    """The text, where both faces read the same."""
    clinician: str = ""
    patient: str = ""
    """In plain words. Empty, with a clinician's text, where patients are not shown it."""

    @model_validator(mode="after")
    def _one_text_for_each_reader(self) -> Self:
        own = bool(self.clinician or self.patient)
        if bool(self.both) == own:
            raise ValueError("a passage has either a text for both, or clinician and/or patient")
        return self

    def text(self, face: Face) -> str:
        """What this reader is shown; empty when the passage is not for them."""
        return self.both or (self.patient if face is Face.PATIENT else self.clinician)


class Chapter(Frozen):
    """One question that readers come with, and what is known of the answer."""

    id: str
    title: str
    order: int
    """Chapters stand in this order."""
    passages: tuple[Passage, ...]
