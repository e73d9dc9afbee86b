"""What a device sends: one entry as JSON, checked field by field and answered in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError, field_validator

from mooring.clinic.people.text import NEEDED, forbidden
from mooring.clinic.sessions.gates import as_sent
from mooring.core.session.entries import AnyContent, Correction

MOST_PLACES = 6
"""Enough for any rate that is worked out from an order; no pump and no label has more."""
MADE_BY_SERVER = ("against", "opened", "vial", "withheld")


class Sent(BaseModel):
    """One entry on its way to the log."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    effective_at: AwareDatetime
    content: AnyContent

    @field_validator("effective_at")
    @classmethod
    def in_utc(cls, moment: datetime) -> datetime:
        """The moment in UTC, as it is stored."""
        try:
            return moment.astimezone(UTC)
        except OverflowError as beyond:
            raise ValueError("effective_at: check the year") from beyond


@dataclass(frozen=True)
class Problem:
    """One thing that would have to be otherwise."""

    field: str
    say: str


class ProblemsError(Exception):
    """What was sent cannot be read as an entry."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{p.field}: {p.say}" for p in problems))
        self.problems = problems


def read(body: bytes) -> Sent:
    """Read one entry from JSON. ProblemsError names each field and says what would be right."""
    try:
        sent = Sent.model_validate_json(body, strict=True)
    except ValidationError as failed:
        raise ProblemsError([problem(found) for found in failed.errors()]) from failed
    found = list(unfit(sent.content.model_dump()))
    if found:
        raise ProblemsError(found)
    if as_sent(sent.content) != sent.content:
        names = [name for name in MADE_BY_SERVER if name in changed(sent.content)]
        raise ProblemsError(
            [Problem(name, "is made by the server; leave it out") for name in names]
        )
    return sent


def changed(content: AnyContent) -> set[str]:
    """The fields that the device filled in, of the entry itself or of what replaces one."""
    said = content.replacement if isinstance(content, Correction) else content
    return set() if said is None else said.model_fields_set


def unfit(value: Any, name: str = "content") -> Iterator[Problem]:
    """What no chart takes, however deep in a content: a blank, a hidden character, a number that
    nobody could have read from anything.
    """
    if isinstance(value, str):
        if forbidden(value):
            yield Problem(name, f"holds a hidden character; {NEEDED}")
        elif blank(value):
            yield Problem(name, "must be said in words; only blanks were typed")
    elif isinstance(value, Decimal):
        if value.is_zero() and value.is_signed():
            yield Problem(name, "must be a number of 0 or more, without a sign")
        elif places(value) > MOST_PLACES:
            yield Problem(name, f"must have at most {MOST_PLACES} decimal places")
    elif isinstance(value, dict):
        for inner, one in value.items():
            yield from unfit(one, inner)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from unfit(one, name)


def blank(text: str) -> bool:
    """True for a text without any character that can be seen."""
    return all(unicodedata.category(each)[0] in "ZC" for each in text)


def places(value: Decimal) -> int:
    """How many decimal places a number was written with."""
    return max(0, -int(value.as_tuple().exponent))


SAY = {
    "missing": "is needed",
    "extra_forbidden": "is not known here; check the spelling",
    "greater_than_equal": "must be {ge} or more",
    "greater_than": "must be more than {gt}",
    "less_than_equal": "must be {le} or less",
    "int_type": "must be a whole number",
    "int_parsing": "must be a whole number",
    "decimal_type": "must be a number",
    "decimal_parsing": "must be a number",
    "decimal_max_places": "must have at most {decimal_places} decimal places",
    "finite_number": "must be a number",
    "bool_type": "must be true or false",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "string_too_long": "must be at most {max_length} characters",
    "literal_error": "must be one of {expected}",
    "uuid_parsing": "must be a UUID",
    "uuid_type": "must be a UUID",
    "datetime_type": "must be a time, for example 2026-03-02T10:00:00Z",
    "datetime_from_date_parsing": "must be a time, for example 2026-03-02T10:00:00Z",
    "datetime_parsing": "must be a time, for example 2026-03-02T10:00:00Z",
    "timezone_aware": "must carry its offset, for example 2026-03-02T10:00:00Z",
    "model_type": "must be an object with named fields",
    "model_attributes_type": "must be an object with named fields",
    "union_tag_invalid": "kind must be one of {expected_tags}",
    "union_tag_not_found": "needs its kind, for example reading",
    "json_invalid": "must be one JSON object with id, effective_at and content",
}


def problem(found: Any) -> Problem:
    """One of pydantic's findings in our words."""
    field = str(found["loc"][-1]) if found["loc"] else "body"
    if found["type"] == "value_error":
        named, _, words = str(found["ctx"]["error"]).partition(": ")
        return Problem(named, words) if words else Problem(field, named)
    say = SAY.get(found["type"])
    return Problem(field, say.format(**found.get("ctx", {})) if say else found["msg"])
