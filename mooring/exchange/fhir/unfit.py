"""Why something received cannot be taken in, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mooring.clinic.actions import RefusedError

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")


@dataclass(frozen=True)
class Place:
    """Where in a bundle: an entry, or the bundle itself, and the steps below it."""

    root: str
    """For example "entry 12 (Observation)"; entries count from 1."""
    steps: tuple[str | int, ...] = ()

    def __truediv__(self, step: str | int) -> Place:
        return Place(self.root, (*self.steps, step))

    @property
    def path(self) -> str:
        """The steps below the root, for example "code.coding[0].code"; empty at the root."""
        return "".join(_step(step) for step in self.steps).removeprefix(".")

    def __str__(self) -> str:
        return f"{self.root}, {self.path}" if self.path else self.root


def _step(step: str | int) -> str:
    """A field name or a position. A name that is no FHIR name is not repeated to the reader."""
    if isinstance(step, int):
        return f"[{step}]"
    return f".{step}" if _NAME.fullmatch(step) else ".(a field with an unusual name)"


class UnfitError(Exception):
    """Something in a bundle that cannot be taken in. `need` says what would be right."""

    def __init__(self, place: Place | str, need: str) -> None:
        super().__init__(f"{place}: {need}")
        self.place, self.need = place, need

    @property
    def reason(self) -> str:
        """Why the resource it stands in is not read, as a sentence without its entry."""
        path = self.place.path if isinstance(self.place, Place) else self.place
        return f"Not read, because of {path or 'the whole'}: {self.need}."


class ImportRefusedError(RefusedError):
    """A file that is not imported, not even in part. The message names file and place."""
