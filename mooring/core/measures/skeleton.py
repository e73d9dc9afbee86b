"""A scale whose words need a licence: its ids, order and skip logic, without any text.

The words come as a pack that a clinic loads under its own licence. What is answered, stored and
judged goes by the ids, so that nothing changes when the words do.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from mooring.core.datafiles import DataFileError, Frozen, read_toml

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class SkeletonItem(Frozen):
    """One yes-or-no question, without its wording."""

    id: str
    about: str
    """Our own word for what it is about; shown to staff where no licensed text is loaded."""
    loinc: str
    asked_after_yes_to: str | None = None
    """The earlier question that has to be answered yes; None for one that is always asked."""


class Skeleton(Frozen):
    """Ids, order and skip logic of a scale of yes-or-no questions."""

    id: str
    title: str
    short_title: str
    licence: str
    loinc_notice: str
    items: tuple[SkeletonItem, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        known: set[str] = set()
        for item in self.items:
            if item.id in known:
                raise ValueError(f"items: {item.id} stands twice")
            if item.asked_after_yes_to not in {None, *known}:
                raise ValueError(f"items: {item.id} waits for a question that is not before it")
            known.add(item.id)
        return self

    def asked(self, answers: Mapping[str, bool | None]) -> tuple[SkeletonItem, ...]:
        """The questions that these answers lead to, in order. None is a declined answer."""
        return tuple(
            item
            for item in self.items
            if item.asked_after_yes_to is None or answers.get(item.asked_after_yes_to) is True
        )

    def check(self, answers: Mapping[str, bool | None]) -> None:
        """Raise ValueError, naming the question, when the answers do not follow the skip logic.

        Every question that is asked has an answer (None: declined), and no other has one.
        """
        known = {item.id for item in self.items}
        asked = {item.id for item in self.asked(answers)}
        for item in answers:
            if item not in known:
                raise ValueError(f"{item}: the {self.short_title} has no such question")
            if item not in asked:
                raise ValueError(f"{item}: it is not asked after these answers; leave it empty")
        for open_one in (item.id for item in self.items if item.id in asked - set(answers)):
            raise ValueError(f"{open_one}: answer yes, no or declined")


class TextPack(Frozen):
    """The licensed words of a skeleton, as a clinic loads them."""

    measure: str
    language: Words
    licensed_to: Words
    licence: Words
    """The licence in the holder's words, or its number and date."""
    obtained_on: date
    notice: Words
    """What has to stand beside the questions."""
    items: dict[str, Words]
    """Id → the question, word for word."""


def load_pack(path: Path, skeleton: Skeleton) -> TextPack:
    """The pack at `path`. Raises DataFileError saying what is missing or does not belong."""
    pack = read_toml(path, TextPack)
    if pack.measure != skeleton.id:
        raise DataFileError(f"{path.name}: measure is '{pack.measure}', {skeleton.id} is needed")
    needed, given = {item.id for item in skeleton.items}, set(pack.items)
    for item in sorted(needed - given):
        raise DataFileError(f"{path.name}: items.{item} has no text")
    for item in sorted(given - needed):
        raise DataFileError(f"{path.name}: items.{item} is no question of {skeleton.short_title}")
    return pack
