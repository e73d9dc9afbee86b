"""A piece of a resource that knows its place, so that every refusal can name it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mooring.exchange.fhir.unfit import Place, UnfitError


@dataclass(frozen=True)
class Element:
    """A JSON object of a resource. Every getter gives None for what is not there."""

    data: dict[str, Any]
    place: Place

    def __contains__(self, name: str) -> bool:
        return name in self.data

    def text(self, name: str, most: int = 1_000_000) -> str | None:
        """The field's text; refused when it is no text, blank, or longer than `most`."""
        value = self.data.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip():
            raise UnfitError(self.place / name, "text is needed")
        if len(value) > most:
            raise UnfitError(self.place / name, f"at most {most} characters are needed")
        return value

    def texts(self, name: str) -> list[str]:
        """The texts of a list field."""
        values = self._list(name)
        if not all(isinstance(value, str) for value in values):
            raise UnfitError(self.place / name, "a list of texts is needed")
        return values

    def number(self, name: str) -> Decimal | None:
        """The field's number, exact as received."""
        value = self.data.get(name)
        if value is None or isinstance(value, Decimal):
            return value
        raise UnfitError(self.place / name, "a number is needed")

    def flag(self, name: str) -> bool | None:
        """The field's true or false."""
        value = self.data.get(name)
        if value is None or isinstance(value, bool):
            return value
        raise UnfitError(self.place / name, "true or false is needed")

    def child(self, name: str) -> Element | None:
        """The object in a field."""
        value = self.data.get(name)
        if value is None:
            return None
        return as_element(value, self.place / name)

    def children(self, name: str) -> list[Element]:
        """The objects of a list field."""
        return [
            as_element(value, self.place / name / number)
            for number, value in enumerate(self._list(name))
        ]

    def _list(self, name: str) -> list[Any]:
        value = self.data.get(name, [])
        if not isinstance(value, list):
            raise UnfitError(self.place / name, "a list is needed")
        return value


def as_element(value: Any, place: Place) -> Element:
    """The value as an element; refused when it is no object."""
    if not isinstance(value, dict):
        raise UnfitError(place, "an object is needed")
    return Element(value, place)
