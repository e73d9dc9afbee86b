"""What a device sends: one entry as JSON, checked field by field and answered in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError, field_validator

from mooring.clinic.sessions.gates import as_sent
from mooring.core.session.entries import AnyContent, Correction

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
    if any("\x00" in text for text in texts(sent.content.model_dump())):
        raise ProblemsError([Problem("content", "text cannot hold the character NUL")])
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


def texts(value: Any) -> Iterable[str]:
    """Every text within a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


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
