"""From received bytes to plain data, with every number an exact Decimal.

What cannot stand in data (a key given twice, NaN, a number without end) becomes a `Trouble` at its
place, so that `hygiene.py` can say where it is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from mooring.exchange.fhir.unfit import UnfitError

LARGEST = 50 * 1024 * 1024
_LONGEST_NUMBER = 40
_LARGEST_EXPONENT = 20


@dataclass(frozen=True)
class Trouble:
    """Stands in the data where something was that cannot be taken in."""

    need: str


def decoded(content: bytes) -> str:
    """The text of a file: UTF-8, at most 50 MB, not empty."""
    if len(content) > LARGEST:
        raise UnfitError("the file", "it is larger than 50 MB; split it by patient")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise UnfitError(
            f"byte {problem.start + 1}", "the file is to be text in UTF-8, as FHIR JSON is"
        ) from None
    if not text.strip("\ufeff \t\r\n"):
        raise UnfitError("the file", "it is empty; a FHIR bundle in JSON is needed")
    return text


def parsed(text: str) -> Any:
    """The data of a JSON text."""
    try:
        return json.loads(
            text.removeprefix("\ufeff"),
            parse_float=_number,
            parse_int=_number,
            parse_constant=_constant,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as problem:
        raise UnfitError(
            f"line {problem.lineno}, column {problem.colno}",
            "this is where the file stops being JSON; is it whole?",
        ) from None
    except RecursionError:
        raise UnfitError("the file", "its objects are nested too deeply; 64 levels are read") from (
            None
        )


def _number(text: str) -> Decimal | Trouble:
    exponent = re.search(r"[eE]([+-]?\d+)$", text)
    too_far = exponent is not None and (
        len(exponent[1]) > 3 or abs(int(exponent[1])) > _LARGEST_EXPONENT
    )
    if len(text) > _LONGEST_NUMBER or too_far:
        return Trouble("a number of at most 40 digits is needed")
    try:
        return Decimal(text)
    except InvalidOperation:
        return Trouble("a plain number is needed")


def _constant(_name: str) -> Trouble:
    return Trouble("a finite number is needed; NaN and Infinity are no values")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | Trouble:
    data = dict(pairs)
    if len(data) == len(pairs):
        return data
    return Trouble("a field stands here twice; each may stand once")
