"""What no received text may contain, wherever it stands: checked before anything is read."""

from __future__ import annotations

from typing import Any

from mooring.clinic.people.text import NEEDED, forbidden
from mooring.exchange.fhir.parsing import Trouble
from mooring.exchange.fhir.unfit import Place, UnfitError

DEEPEST = 64
LONGEST_TEXT = 1_000_000


def check(data: Any, place: Place, depth: int = 0) -> None:
    """Raise UnfitError at the first trouble within the data."""
    if depth > DEEPEST:
        raise UnfitError(Place(place.root), "it is nested too deeply; 64 levels are read")
    if isinstance(data, Trouble):
        raise UnfitError(place, data.need)
    if isinstance(data, str):
        _check_text(data, place)
    elif isinstance(data, dict):
        for name, value in data.items():
            _check_text(name, place)
            check(value, place / name, depth + 1)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            check(value, place / number, depth + 1)


def _check_text(text: str, place: Place) -> None:
    if len(text) > LONGEST_TEXT:
        raise UnfitError(place, "text of at most 1,000,000 characters is needed")
    if forbidden(text):
        raise UnfitError(place, NEEDED)
